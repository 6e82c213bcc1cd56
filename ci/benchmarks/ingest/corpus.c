// Writes a corpus of measurements: a third each of CSV, JSON and Markdown, the same for the same seed.
//
//     corpus FOLDER FILES BYTES [SEED]
//
// BYTES is the size of each file, met within one section. The files lie in csv_data, reports and artifacts, 500 to a
// folder.
#include "../common/text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static uint64_t state;

// xorshift64*
static uint64_t draw(uint64_t below) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return ((state * 0x2545F4914F6CDD1Dull) >> 33) % below;
}

static const char *const models[] = {"gemma3:270m", "smollm2:135m", "qwen3:0.6b", "llama3.2:1b", "phi4-mini"};
static const char *const settings[] = {"baseline", "flash_attention", "two_threads", "long_context", "quantized"};
static const char *const words[] = {
    "the", "median", "of", "all", "runs", "is", "lower", "than", "before", "and", "throughput", "fell", "while",
    "latency", "rose", "by", "a", "few", "percent", "under", "load", "with", "every", "model", "that", "was",
};
enum { MODELS = sizeof models / sizeof *models, SETTINGS = sizeof settings / sizeof *settings,
       WORDS = sizeof words / sizeof *words };

static void add(struct text *text, const char *words) { text_add(text, words, strlen(words)); }

// A number below `below` with so many decimals.
static void add_number(struct text *text, uint64_t below, int decimals) {
    text_add_integer(text, (int64_t)draw(below));
    if (!decimals) return;
    char digits[8] = ".";
    for (int place = 1; place <= decimals; place++) digits[place] = (char)('0' + draw(10));
    text_add(text, digits, (size_t)decimals + 1);
}

static void write_csv(struct text *text, size_t bytes) {
    add(text, "model,setting,num_ctx,run,ttft_ms,throughput_tok_s,latency_p50_ms,latency_p99_ms,memory_mb,power_w\n");
    for (int run = 1; text->count < bytes; run++) {
        add(text, models[draw(MODELS)]);
        add(text, ",");
        add(text, settings[draw(SETTINGS)]);
        add(text, draw(2) ? ",1024," : ",4096,");
        text_add_integer(text, run);
        static const struct { uint64_t below; int decimals; } columns[] = {
            {2000, 2}, {200, 3}, {40, 2}, {90, 2}, {900, 1}, {60, 2},
        };
        for (int column = 0; column < 6; column++) {
            add(text, ",");
            add_number(text, columns[column].below, columns[column].decimals);
        }
        add(text, "\n");
    }
}

static void write_json(struct text *text, size_t bytes) {
    add(text, "{\n  \"model\": \"");
    add(text, models[draw(MODELS)]);
    add(text, "\",\n  \"setting\": \"");
    add(text, settings[draw(SETTINGS)]);
    add(text, "\",\n  \"runs\": [\n");
    for (int run = 1; run == 1 || text->count + 200 < bytes; run++) {
        if (run > 1) add(text, ",\n");
        text_print(text, "    {\"run\": %d, \"ttft_ms\": ", run);
        add_number(text, 2000, 3);
        add(text, ", \"throughput_tok_s\": ");
        add_number(text, 200, 4);
        add(text, ", \"tokens\": ");
        add_number(text, 1024, 0);
        add(text, ", \"cached\": false, \"latency_ms\": {\"p50\": ");
        add_number(text, 40, 3);
        add(text, ", \"p99\": ");
        add_number(text, 90, 3);
        add(text, "}, \"memory_bytes\": ");
        add_number(text, 900000000, 0);
        add(text, "}");
    }
    add(text, "\n  ]\n}\n");
}

static void add_sentence(struct text *text) {
    add(text, "In run ");
    add_number(text, 100, 0);
    for (uint64_t count = 8 + draw(16); count; count--) {
        add(text, " ");
        add(text, words[draw(WORDS)]);
    }
    add(text, ", at ");
    add_number(text, 200, 2);
    add(text, " tok/s and a TTFT of ");
    add_number(text, 2000, 1);
    add(text, " ms. ");
}

static void write_markdown(struct text *text, size_t bytes) {
    add(text, "# What the runs showed\n");
    for (int section = 1; text->count < bytes; section++) {
        text_print(text, "\n## Section %d: %s\n\n", section, settings[draw(SETTINGS)]);
        for (uint64_t count = 3 + draw(6); count; count--) add_sentence(text);
        add(text, "\n\n| model | TTFT ms | throughput tok/s | p99 ms |\n| --- | --- | --- | --- |\n");
        for (int line = 0; line < 8; line++) {
            text_print(text, "| %s | ", models[draw(MODELS)]);
            add_number(text, 2000, 1);
            add(text, " | ");
            add_number(text, 200, 2);
            add(text, " | ");
            add_number(text, 90, 1);
            add(text, " |\n");
        }
    }
}

static void write_file(int root, int number, size_t bytes, struct text *text) {
    static const struct {
        const char *folder, *extension;
        void (*write)(struct text *text, size_t bytes);
    } kinds[] = {{"csv_data", "csv", write_csv}, {"artifacts", "json", write_json}, {"reports", "md", write_markdown}};
    int kind = number % 3, rank = number / 3;
    char path[64];
    snprintf(path, sizeof path, "%s/%03d", kinds[kind].folder, rank / 500);
    if (rank % 500 == 0) {
        mkdirat(root, kinds[kind].folder, 0755);
        mkdirat(root, path, 0755);
    }
    snprintf(path, sizeof path, "%s/%03d/%05d.%s", kinds[kind].folder, rank / 500, rank, kinds[kind].extension);
    text->count = 0;
    kinds[kind].write(text, bytes);
    int file = openat(root, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0) fail("%s: %s", path, strerror(errno));
    if (write(file, text->bytes, text->count) != (ssize_t)text->count) fail("%s: %s", path, strerror(errno));
    close(file);
}

int main(int count, char **arguments) {
    if (count < 4) fail("wanted: corpus FOLDER FILES BYTES [SEED]");
    state = (count > 4 ? strtoull(arguments[4], NULL, 10) : 1) * 0x9E3779B97F4A7C15ull + 1;
    int root = open(arguments[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root < 0) fail("%s: %s", arguments[1], strerror(errno));
    struct text text = {0};
    for (int number = 0; number < atoi(arguments[2]); number++) {
        write_file(root, number, strtoull(arguments[3], NULL, 10), &text);
    }
    free(text.bytes);
    return 0;
}
