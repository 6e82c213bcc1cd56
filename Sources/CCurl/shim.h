#ifndef CHIMERA_GATE_CCURL_SHIM_H
#define CHIMERA_GATE_CCURL_SHIM_H

#if !__has_include(<curl/curl.h>)
#error "libcurl is missing: install its headers with 'apt-get install libcurl4-openssl-dev' (macOS: 'brew install curl')"
#else
#include <curl/curl.h>

// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which Swift cannot call.

typedef size_t (*gate_data_callback)(char *data, size_t size, size_t count, void *context);
typedef int (*gate_socket_options_callback)(void *context, curl_socket_t socket, curlsocktype purpose);
typedef int (*gate_prereq_callback)(void *context, char *remote, char *local, int remotePort, int localPort);
typedef int (*gate_socket_callback)(CURL *easy, curl_socket_t socket, int what, void *context, void *socketContext);
typedef int (*gate_timer_callback)(CURLM *multi, long milliseconds, void *context);

static inline CURLcode gate_easy_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode gate_easy_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode gate_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}
// Keeps the pointer: the bytes must outlive the transfer.
static inline CURLcode gate_easy_set_body(CURL *easy, const void *bytes, curl_off_t count) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, count);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_POSTFIELDS, bytes);
}
static inline CURLcode gate_easy_set_write(CURL *easy, gate_data_callback callback, void *context) {
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
    return curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, callback);
}
// Called with each line of the head of an answer.
static inline CURLcode gate_easy_set_header(CURL *easy, gate_data_callback callback, void *context) {
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
    return curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, callback);
}
static inline CURLcode gate_easy_set_prereq(CURL *easy, gate_prereq_callback callback, void *context) {
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, context);
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, callback);
}
static inline CURLcode gate_easy_set_socket_options(CURL *easy, gate_socket_options_callback callback, void *context) {
    curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, context);
    return curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, callback);
}
static inline CURLcode gate_easy_set_private(CURL *easy, void *context) {
    return curl_easy_setopt(easy, CURLOPT_PRIVATE, context);
}
static inline CURLcode gate_easy_set_error_buffer(CURL *easy, char *buffer) {
    return curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, buffer);
}
static inline long gate_easy_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}
static inline curl_off_t gate_easy_get_offset(CURL *easy, CURLINFO info) {
    curl_off_t value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}
// NULL where there is none; lives as long as the transfer does nothing.
static inline const char *gate_easy_get_string(CURL *easy, CURLINFO info) {
    char *value = NULL;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : NULL;
}
static inline void *gate_easy_get_private(CURL *easy) {
    char *value = NULL;
    return curl_easy_getinfo(easy, CURLINFO_PRIVATE, &value) == CURLE_OK ? value : NULL;
}
static inline CURLMcode gate_multi_set_socket(CURLM *multi, gate_socket_callback callback, void *context) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback);
}
static inline CURLMcode gate_multi_set_timer(CURLM *multi, gate_timer_callback callback, void *context) {
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, callback);
}
// The union inside CURLMsg reaches Swift without its names.
static inline CURLcode gate_message_result(const CURLMsg *message) { return message->data.result; }
#endif

#endif
