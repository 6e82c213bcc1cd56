// Loads libcurl when it is first called instead of at the program's start.
//
// Debian's libcurl brings some forty shared libraries with it (LDAP, Kerberos, SSH, …). Mapping and relocating them
// takes more than half of the time in which `chimera-gate --version` starts, and commands that ask no server never
// need them. The functions below stand in for libcurl's own under the same names; each passes its call on.
//
// On macOS the system's libcurl is in the shared cache and costs nothing: there this file is empty.

#if defined(__linux__)

#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdarg.h>
#include <stddef.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

static void *library(void) {
    static void *handle;
    if (!handle) handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    return handle;
}

// The address of one of libcurl's functions; NULL where there is no libcurl.
static void *found(const char *name) {
    void *handle = library();
    return handle ? dlsym(handle, name) : NULL;
}

// PASS(result, name, parameters, arguments, fallback): the fallback is what a caller sees where there is no libcurl;
// curl_global_init is the first call of all and fails with CURLE_FAILED_INIT then.
#define PASS(result, name, parameters, arguments, fallback)              \
    result name parameters {                                             \
        static result(*function) parameters;                             \
        if (!function) *(void **)&function = found(#name);               \
        return function ? function arguments : (fallback);               \
    }
#define PASS_VOID(name, parameters, arguments)                           \
    void name parameters {                                               \
        static void(*function) parameters;                               \
        if (!function) *(void **)&function = found(#name);               \
        if (function) function arguments;                                \
    }

PASS(CURLcode, curl_global_init, (long flags), (flags), CURLE_FAILED_INIT)
PASS(CURL *, curl_easy_init, (void), (), NULL)
PASS(CURLcode, curl_easy_pause, (CURL * easy, int bits), (easy, bits), CURLE_FAILED_INIT)
PASS_VOID(curl_easy_cleanup, (CURL * easy), (easy))
PASS(const char *, curl_easy_strerror, (CURLcode code), (code), "libcurl.so.4 cannot be loaded; install libcurl4")
PASS(CURLM *, curl_multi_init, (void), (), NULL)
PASS(CURLMcode, curl_multi_cleanup, (CURLM * multi), (multi), CURLM_INTERNAL_ERROR)
PASS(CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL *easy), (multi, easy), CURLM_INTERNAL_ERROR)
PASS(CURLMcode, curl_multi_remove_handle, (CURLM * multi, CURL *easy), (multi, easy), CURLM_INTERNAL_ERROR)
PASS(CURLMcode, curl_multi_socket_action, (CURLM * multi, curl_socket_t socket, int mask, int *running),
     (multi, socket, mask, running), CURLM_INTERNAL_ERROR)
PASS(CURLMcode, curl_multi_assign, (CURLM * multi, curl_socket_t socket, void *context), (multi, socket, context),
     CURLM_INTERNAL_ERROR)
PASS(CURLMsg *, curl_multi_info_read, (CURLM * multi, int *left), (multi, left), NULL)
PASS(struct curl_slist *, curl_slist_append, (struct curl_slist * list, const char *text), (list, text), NULL)
PASS_VOID(curl_slist_free_all, (struct curl_slist * list), (list))
PASS(CURLU *, curl_url, (void), (), NULL)
PASS_VOID(curl_url_cleanup, (CURLU * url), (url))
PASS(CURLUcode, curl_url_set, (CURLU * url, CURLUPart part, const char *text, unsigned int flags),
     (url, part, text, flags), CURLUE_OUT_OF_MEMORY)
#if LIBCURL_VERSION_NUM >= 0x080100
#define READ_URL const CURLU
#else
#define READ_URL CURLU
#endif
PASS(CURLUcode, curl_url_get, (READ_URL * url, CURLUPart part, char **text, unsigned int flags),
     (url, part, text, flags), CURLUE_OUT_OF_MEMORY)
PASS_VOID(curl_free, (void *memory), (memory))

// The variadic three take exactly one more argument: a long, a pointer or a curl_off_t, each of a register's size on
// the 64-bit systems that Swift supports, so that it can be passed on as a pointer whatever it is.
#define PASS_OPTION(result, name, handle_type, key_type, fallback)       \
    result name(handle_type *handle, key_type key, ...) {                \
        static result (*function)(handle_type *, key_type, ...);         \
        if (!function) *(void **)&function = found(#name);               \
        va_list arguments;                                               \
        va_start(arguments, key);                                        \
        void *argument = va_arg(arguments, void *);                      \
        va_end(arguments);                                               \
        return function ? function(handle, key, argument) : (fallback);  \
    }

_Static_assert(sizeof(long) == sizeof(void *) && sizeof(curl_off_t) == sizeof(void *), "needs a 64-bit system");

PASS_OPTION(CURLcode, curl_easy_setopt, CURL, CURLoption, CURLE_FAILED_INIT)
PASS_OPTION(CURLcode, curl_easy_getinfo, CURL, CURLINFO, CURLE_FAILED_INIT)
PASS_OPTION(CURLMcode, curl_multi_setopt, CURLM, CURLMoption, CURLM_INTERNAL_ERROR)

#endif
