/* A PULL socket on the real libnanomsg, which receives and counts and does nothing else: the peer of bench/rdk.
 * usage: rdk-pull tcp://127.0.0.1:PORT
 * Ends on SIGTERM or SIGINT, and then writes how many messages and octets came. */
#include <errno.h>
#include <nanomsg/nn.h>
#include <nanomsg/pipeline.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static volatile sig_atomic_t over;

static void end(int signal)
{
    (void) signal;
    over = 1;
}

static int fail(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, nn_strerror(nn_errno()));
    return 1;
}

int main(int count, char **words)
{
    if (count != 2) {
        fprintf(stderr, "usage: %s ADDRESS\n", words[0]);
        return 2;
    }
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = end; /* and no SA_RESTART: a receive that waits ends */
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);

    int socket = nn_socket(AF_SP, NN_PULL);
    int wait_ms = 100;
    if (socket < 0 || nn_setsockopt(socket, NN_SOL_SOCKET, NN_RCVTIMEO, &wait_ms, sizeof wait_ms) < 0)
        return fail("nn_socket");
    if (nn_bind(socket, words[1]) < 0)
        return fail("nn_bind");
    printf("ready\n");
    fflush(stdout);

    unsigned long long messages = 0, octets = 0;
    while (!over) {
        void *message;
        int length = nn_recv(socket, &message, NN_MSG, 0);
        if (length >= 0) {
            messages++;
            octets += length;
            nn_freemsg(message);
        } else if (nn_errno() != ETIMEDOUT && nn_errno() != EINTR) {
            return fail("nn_recv");
        }
    }
    printf("{\"taken\":%llu,\"octets\":%llu}\n", messages, octets);
    nn_close(socket);
    return 0;
}
