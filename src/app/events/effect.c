#include "app/events/effect.h"

#include "base/array.h"
#include "base/memory.h"

#include <stdlib.h>

static struct effect *add(struct effects *effects, struct effect effect)
{
    ARRAY_PUSH(effects->list, effects->count, effects->capacity, effect);
    return &effects->list[effects->count - 1];
}

void effects_add(struct effects *effects, enum effect_kind kind)
{
    add(effects, (struct effect){.kind = kind});
}

void effects_add_flag(struct effects *effects, enum effect_kind kind, bool flag)
{
    add(effects, (struct effect){.kind = kind, .flag = flag});
}

void effects_add_text(struct effects *effects, enum effect_kind kind, const char *text, bool flag)
{
    add(effects, (struct effect){.kind = kind, .flag = flag, .text = memory_dup(text)});
}

void effects_add_file(struct effects *effects, enum effect_kind kind, const char *path,
                      const char *text)
{
    add(effects, (struct effect){.kind = kind, .path = memory_dup(path), .text = memory_dup(text)});
}

void effects_add_question(struct effects *effects, enum effect_kind kind,
                          const struct question *question, bool flag)
{
    struct effect *effect = add(effects, (struct effect){.kind = kind, .flag = flag});

    effect->question = *question;
    effect->question.name = memory_dup(question->name);
}

void effects_clear(struct effects *effects)
{
    for (size_t i = 0; i < effects->count; i++) {
        free((char *)effects->list[i].question.name);
        free(effects->list[i].text);
        free(effects->list[i].path);
    }
    effects->count = 0;
}

void effects_free(struct effects *effects)
{
    effects_clear(effects);
    free(effects->list);
    *effects = (struct effects){0};
}
