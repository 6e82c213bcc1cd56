// What reading a corpus costs at least: walks a folder and reads every file; with --numbers it also parses every number
// by strtod.
//
//     walk FOLDER [--numbers]
#include "../common/text.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

static char *buffer;
static size_t capacity;
static bool parses_numbers;
static long long files, bytes, numbers;
static double sum;

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

// A digit that belongs to a name, as in `p99`, begins no number.
static bool is_of_name(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || byte == '.' || is_digit(byte);
}

static void parse_numbers(size_t count) {
    const char *end = buffer + count;
    for (const char *at = buffer; at < end;) {
        bool begins = is_digit(*at) || (*at == '-' && is_digit(at[1]));
        if (!begins || (at > buffer && is_of_name(at[-1]))) {
            at++;
            continue;
        }
        char *stop;
        sum += strtod(at, &stop);
        numbers++;
        at = stop;
    }
}

static void read_file(int folder, const char *name) {
    int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) fail("%s: %s", name, strerror(errno));
    size_t count = 0;
    for (;;) {
        if (capacity - count < 65536) buffer = allocated(realloc(buffer, capacity = capacity * 2 + 131072));
        ssize_t got = read(file, buffer + count, capacity - count - 1);
        if (got < 0) fail("%s: %s", name, strerror(errno));
        if (got == 0) break;
        count += (size_t)got;
    }
    close(file);
    buffer[count] = 0;
    files++;
    bytes += (long long)count;
    if (parses_numbers) parse_numbers(count);
}

// Takes the descriptor over.
static void walk(int descriptor) {
    DIR *folder = fdopendir(descriptor);
    if (!folder) fail("a folder cannot be listed: %s", strerror(errno));
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') continue;
        if (entry->d_type == DT_REG) {
            read_file(descriptor, entry->d_name);
        } else if (entry->d_type == DT_DIR) {
            int inner = openat(descriptor, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (inner < 0) fail("%s: %s", entry->d_name, strerror(errno));
            walk(inner);
        }
    }
    closedir(folder);
}

int main(int count, char **arguments) {
    if (count < 2) fail("wanted: walk FOLDER [--numbers]");
    parses_numbers = count > 2 && !strcmp(arguments[2], "--numbers");
    int folder = open(arguments[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) fail("%s: %s", arguments[1], strerror(errno));
    walk(folder);
    printf("%lld files, %lld bytes, %lld numbers, sum %g\n", files, bytes, numbers, sum);
    return 0;
}
