/* Receives as the manager's monitor does, and prints a line for each message: its length. pull ADDRESS */
#include <nanomsg/nn.h>
#include <nanomsg/pipeline.h>
#include <stdio.h>

static char message[2 << 20];

int main(int argc, char **argv)
{
    int sock = nn_socket(AF_SP, NN_PULL);
    if (argc != 2 || sock < 0 || nn_bind(sock, argv[1]) < 0) {
        fprintf(stderr, "pull: %s\n", nn_strerror(nn_errno()));
        return 1;
    }
    puts("listening");
    fflush(stdout);
    for (;;) {
        int length = nn_recv(sock, message, sizeof message, 0);
        if (length < 0) {
            fprintf(stderr, "pull: %s\n", nn_strerror(nn_errno()));
            return 1;
        }
        printf("%d\n", length);
        fflush(stdout);
    }
}
