/* Pushes the octets of a file many times: push ADDRESS COUNT FILE. The number of each message, from 0 on, stands in it as lease
   time, at octet 300. Ends when its standard input does: nn_close would drop what is not yet sent. */
#include <nanomsg/nn.h>
#include <nanomsg/pipeline.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST (2 << 20)
#define NUMBER_AT 300

static char message[MOST];

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "push ADDRESS COUNT FILE\n");
        return 2;
    }
    FILE *file = fopen(argv[3], "rb");
    size_t length = file == NULL ? 0 : fread(message, 1, MOST, file);
    int sock = nn_socket(AF_SP, NN_PUSH);
    if (length == 0 || sock < 0 || nn_connect(sock, argv[1]) < 0) {
        fprintf(stderr, "push: %s\n", nn_strerror(nn_errno()));
        return 1;
    }
    for (long number = 0; number < atol(argv[2]); number++) {
        for (int i = 0; i < 4 && NUMBER_AT + 4 <= length; i++)
            message[NUMBER_AT + i] = (char)(number >> 8 * i);
        if (nn_send(sock, message, length, 0) != (int)length) {
            fprintf(stderr, "push: %s\n", nn_strerror(nn_errno()));
            return 1;
        }
    }
    while (getchar() != EOF)
        ;
    nn_close(sock);
    return 0;
}
