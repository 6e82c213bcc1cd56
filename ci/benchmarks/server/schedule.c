// A binary heap of connections by the time at which their next token is due.
#include "server.h"

static struct connection **heap;
static int count, capacity;

static bool earlier(int one, int other) { return heap[one]->answer->due_ns < heap[other]->answer->due_ns; }

static void exchange(int one, int other) {
    struct connection *moved = heap[one];
    heap[one] = heap[other];
    heap[other] = moved;
    heap[one]->place = one;
    heap[other]->place = other;
}

static void rise(int place) {
    for (; place > 0 && earlier(place, (place - 1) / 2); place = (place - 1) / 2) exchange(place, (place - 1) / 2);
}

static void sink(int place) {
    for (;;) {
        int first = place;
        for (int child = 2 * place + 1; child <= 2 * place + 2; child++) {
            if (child < count && earlier(child, first)) first = child;
        }
        if (first == place) return;
        exchange(place, first);
        place = first;
    }
}

void schedule_insert(struct connection *connection) {
    if (count == capacity) {
        capacity = capacity ? capacity * 2 : 64;
        heap = allocated(realloc(heap, (size_t)capacity * sizeof *heap));
    }
    heap[count] = connection;
    connection->place = count;
    rise(count++);
}

void schedule_remove(struct connection *connection) {
    int place = connection->place;
    if (place < 0) return;
    exchange(place, --count);
    connection->place = -1;
    if (place < count) {
        rise(place);
        sink(place);
    }
}

struct connection *schedule_first(void) { return count ? heap[0] : NULL; }
