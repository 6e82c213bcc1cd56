// Runs a command on chosen cores for a bounded time and writes what it cost as one JSON object.
//
//     measure REPORT SECONDS CORES NICE COMMAND [ARGUMENT...]
//
// CORES is a comma-separated list or "any". A small program does this because a child begins with the peak memory of
// the process that it was forked from.
#include "clock.h"
#include "text.h"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;
static volatile sig_atomic_t expired;

// First asks the command to end, then ends it.
static void expire(int signal) {
    (void)signal;
    kill(child, expired++ ? SIGKILL : SIGTERM);
    alarm(5);
}

static void pin(const char *cores) {
    if (!strcmp(cores, "any")) return;
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const char *at = cores; *at; at++) {
        char *end;
        CPU_SET(strtoul(at, &end, 10), &set);
        if (!*end) break;
        at = end;
    }
    if (sched_setaffinity(0, sizeof set, &set)) fail("the cores %s cannot be used: %s", cores, strerror(errno));
}

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

int main(int count, char **arguments) {
    if (count < 6) fail("wanted: measure REPORT SECONDS CORES NICE COMMAND [ARGUMENT...]");
    FILE *report = fopen(arguments[1], "w");
    if (!report) fail("%s: %s", arguments[1], strerror(errno));
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    pin(arguments[3]);
    int priority = atoi(arguments[4]);
    if (priority && setpriority(PRIO_PROCESS, 0, priority)) fail("nice %d: %s", priority, strerror(errno));
    struct sigaction action = {.sa_handler = expire, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    int64_t spawned = monotonic_ns();
    child = fork();
    if (child < 0) fail("fork: %s", strerror(errno));
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        fclose(report);
        execvp(arguments[5], arguments + 5);
        fail("%s: %s", arguments[5], strerror(errno));
    }
    alarm((unsigned)atoi(arguments[2]));
    int status;
    struct rusage usage;
    while (wait4(child, &status, 0, &usage) < 0) {
        if (errno != EINTR) fail("wait: %s", strerror(errno));
    }
    int64_t ended = monotonic_ns();
    fprintf(
        report,
        "{\"status\":%d,\"expired\":%s,\"spawned_ns\":%lld,\"ended_ns\":%lld,\"user_seconds\":%.6f,"
        "\"system_seconds\":%.6f,\"peak_bytes\":%lld,\"involuntary_switches\":%ld}\n",
        WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), expired ? "true" : "false",
        (long long)spawned, (long long)ended, seconds(usage.ru_utime), seconds(usage.ru_stime),
        (long long)usage.ru_maxrss * 1024, usage.ru_nivcsw);
    fclose(report);
    return 0;
}
