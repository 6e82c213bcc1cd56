// JSON is walked byte by byte and never made into a tree; strings are decoded only where they have a backslash.
#include "scan.h"

struct cursor {
    const char *at, *end;
    bool failed;
};

struct string {
    const char *bytes;
    size_t count;
    bool escaped;
};

enum { DEEPEST = 64 };

static void skip_space(struct cursor *cursor) {
    while (cursor->at < cursor->end &&
           (*cursor->at == ' ' || *cursor->at == '\t' || *cursor->at == '\n' || *cursor->at == '\r')) {
        cursor->at++;
    }
}

static bool take(struct cursor *cursor, char wanted) {
    skip_space(cursor);
    if (cursor->at == cursor->end || *cursor->at != wanted) return false;
    cursor->at++;
    return true;
}

static struct string take_string(struct cursor *cursor) {
    struct string string = {0};
    if (!take(cursor, '"')) {
        cursor->failed = true;
        return string;
    }
    string.bytes = cursor->at;
    for (; cursor->at < cursor->end; cursor->at++) {
        if (*cursor->at == '"') {
            string.count = (size_t)(cursor->at++ - string.bytes);
            return string;
        }
        if (*cursor->at == '\\') {
            string.escaped = true;
            if (++cursor->at == cursor->end) break;
        } else if ((unsigned char)*cursor->at < 0x20) {
            break;
        }
    }
    cursor->failed = true;
    return string;
}

static bool is(struct string string, const char *name) {
    return string.count == strlen(name) && !memcmp(string.bytes, name, string.count);
}

// Takes a key and its colon. False at the object's end.
static bool take_key(struct cursor *cursor, bool first, struct string *key) {
    if (cursor->failed || take(cursor, '}')) return false;
    if (!first && !take(cursor, ',')) cursor->failed = true;
    *key = take_string(cursor);
    if (!take(cursor, ':')) cursor->failed = true;
    return !cursor->failed;
}

static void skip_value(struct cursor *cursor, int depth) {
    skip_space(cursor);
    if (cursor->at == cursor->end || depth > DEEPEST) {
        cursor->failed = true;
    } else if (*cursor->at == '"') {
        take_string(cursor);
    } else if (take(cursor, '{')) {
        struct string key;
        for (bool first = true; take_key(cursor, first, &key); first = false) skip_value(cursor, depth + 1);
    } else if (take(cursor, '[')) {
        if (take(cursor, ']')) return;
        do skip_value(cursor, depth + 1);
        while (!cursor->failed && take(cursor, ','));
        if (!take(cursor, ']')) cursor->failed = true;
    } else {
        const char *begin = cursor->at;
        while (cursor->at < cursor->end && *cursor->at > ' ' && !strchr(",]}", *cursor->at)) cursor->at++;
        if (begin == cursor->at) cursor->failed = true;
    }
}

static int hexadecimal(const char *digits) {
    int value = 0;
    for (int at = 0; at < 4; at++) {
        char byte = digits[at];
        int digit = byte >= 'a' ? byte - 'a' + 10 : byte >= 'A' ? byte - 'A' + 10 : byte - '0';
        if (digit < 0 || digit > 15) return -1;
        value = value * 16 + digit;
    }
    return value;
}

static void add_scalar(struct text *text, int scalar) {
    char bytes[4];
    size_t count = 0;
    if (scalar < 0x80) {
        bytes[count++] = (char)scalar;
    } else if (scalar < 0x800) {
        bytes[count++] = (char)(0xC0 | scalar >> 6);
    } else if (scalar < 0x10000) {
        bytes[count++] = (char)(0xE0 | scalar >> 12);
        bytes[count++] = (char)(0x80 | (scalar >> 6 & 0x3F));
    } else {
        bytes[count++] = (char)(0xF0 | scalar >> 18);
        bytes[count++] = (char)(0x80 | (scalar >> 12 & 0x3F));
        bytes[count++] = (char)(0x80 | (scalar >> 6 & 0x3F));
    }
    if (scalar >= 0x80) bytes[count++] = (char)(0x80 | (scalar & 0x3F));
    text_add(text, bytes, count);
}

// Decodes what follows `\u`; returns how many bytes that were.
static size_t add_escaped_scalar(struct text *text, const char *digits, const char *end) {
    int scalar = end - digits >= 4 ? hexadecimal(digits) : -1;
    if (scalar < 0) return 0;
    if (scalar >= 0xD800 && scalar < 0xDC00 && end - digits >= 10 && digits[4] == '\\' && digits[5] == 'u') {
        int low = hexadecimal(digits + 6);
        if (low >= 0xDC00 && low < 0xE000) {
            add_scalar(text, 0x10000 + ((scalar - 0xD800) << 10) + (low - 0xDC00));
            return 10;
        }
    }
    add_scalar(text, scalar >= 0xD800 && scalar < 0xE000 ? 0xFFFD : scalar);
    return 4;
}

static struct string unescape(struct string string, struct text *text) {
    static const char escapes[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    text->count = 0;
    const char *end = string.bytes + string.count;
    for (const char *at = string.bytes; at < end; at++) {
        if (*at != '\\') {
            text_add(text, at, 1);
        } else if (*++at == 'u') {
            at += add_escaped_scalar(text, at + 1, end);
        } else {
            const char *known = strchr(escapes, *at);
            text_add(text, known && *known ? &values[known - escapes] : at, 1);
        }
    }
    return (struct string){text->bytes, text->count, false};
}

static void take_content(struct scan *scan, struct cursor *cursor) {
    skip_space(cursor);
    if (cursor->at == cursor->end || *cursor->at != '"') return skip_value(cursor, 0);
    struct string content = take_string(cursor);
    if (cursor->failed || !content.count) return;
    if (content.escaped) content = unescape(content, &scan->unescaped);
    scan->content(scan->context, content.bytes, content.count);
}

// An object of which only "content" is wanted: Ollama's message, OpenAI's delta.
static void take_message(struct scan *scan, struct cursor *cursor) {
    if (!take(cursor, '{')) return skip_value(cursor, 0);
    struct string key;
    for (bool first = true; take_key(cursor, first, &key); first = false) {
        if (is(key, "content")) take_content(scan, cursor);
        else skip_value(cursor, 0);
    }
}

static void take_choices(struct scan *scan, struct cursor *cursor) {
    if (!take(cursor, '[')) return skip_value(cursor, 0);
    if (take(cursor, ']')) return;
    do {
        if (!take(cursor, '{')) cursor->failed = true;
        struct string key;
        for (bool first = true; take_key(cursor, first, &key); first = false) {
            if (is(key, "delta")) take_message(scan, cursor);
            else skip_value(cursor, 0);
        }
    } while (!cursor->failed && take(cursor, ','));
    if (!take(cursor, ']')) cursor->failed = true;
}

static void scan_object(struct scan *scan, const char *bytes, size_t count) {
    struct cursor cursor = {bytes, bytes + count, false};
    if (!take(&cursor, '{')) cursor.failed = true;
    struct string key;
    for (bool first = true; take_key(&cursor, first, &key); first = false) {
        if (is(key, "error")) scan->refused = true;
        if (scan->api == OPENAI && is(key, "choices")) {
            take_choices(scan, &cursor);
        } else if (scan->api == OLLAMA && is(key, "message")) {
            take_message(scan, &cursor);
        } else if (scan->api == OLLAMA && is(key, "response")) {
            take_content(scan, &cursor);
        } else if (scan->api == OLLAMA && is(key, "done")) {
            skip_space(&cursor);
            scan->done = cursor.at < cursor.end && *cursor.at == 't';
            skip_value(&cursor, 0);
        } else {
            skip_value(&cursor, 0);
        }
    }
    if (cursor.failed) scan->malformed = true;
}

static void scan_line(struct scan *scan, const char *bytes, size_t count) {
    if (count && bytes[count - 1] == '\r') count--;
    if (!count) return;
    if (scan->api == OPENAI) {
        // Comments and other fields of an event say nothing of tokens.
        if (count < 5 || memcmp(bytes, "data:", 5)) return;
        bytes += 5, count -= 5;
        if (count && *bytes == ' ') bytes++, count--;
        if (count == 6 && !memcmp(bytes, "[DONE]", 6)) {
            scan->done = true;
            return;
        }
    }
    scan_object(scan, bytes, count);
}

void scan_bytes(struct scan *scan, const char *bytes, size_t count) {
    const char *end = bytes + count;
    while (bytes < end) {
        const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
        if (!stop) {
            text_add(&scan->line, bytes, (size_t)(end - bytes));
            return;
        }
        if (scan->line.count) {
            text_add(&scan->line, bytes, (size_t)(stop - bytes));
            scan_line(scan, scan->line.bytes, scan->line.count);
            scan->line.count = 0;
        } else {
            scan_line(scan, bytes, (size_t)(stop - bytes));
        }
        bytes = stop + 1;
    }
}

void scan_free(struct scan *scan) {
    free(scan->line.bytes);
    free(scan->unescaped.bytes);
}
