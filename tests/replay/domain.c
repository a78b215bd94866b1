/* domain SEED: prints the domain of that seed as a master file, with the name to look up in its
 * first line, as lessons have it. */
#include "unit/worlds/domain_grammar.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    struct dice dice = dice_seeded(argc > 1 ? strtoull(argv[1], NULL, 10) : 1);
    struct text zone = {0};

    printf("; name: %s\n", domain_subject(&dice));
    domain_print(&dice, &zone);
    fputs(text_get(&zone), stdout);
    text_clear(&zone);
    return EXIT_SUCCESS;
}
