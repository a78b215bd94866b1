#include "report/json_parts.h"
#include "report/json_value.h"

/* What it is about, when it stands for several; else empty. */
static json_t *rows(const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->row_count; i++) {
        json_t *object = json_object();
        json_set_name(object, "subject", finding->rows[i].subject);
        json_set(object, "about", json_text(finding->rows[i].about));
        json_set(object, "record", json_text(finding->rows[i].record));
        json_append(array, object);
    }
    return array;
}

json_t *json_findings(const struct findings *findings)
{
    json_t *array = json_array();

    for (size_t i = 0; findings && i < findings->count; i++) {
        const struct finding *finding = &findings->findings[i];
        json_t *object = json_object();
        json_set(object, "id", json_text(finding->id));
        json_set(object, "severity", json_text(severity_text(finding->severity)));
        json_set_name(object, "subject", finding->subject);
        json_set(object, "record", json_text(finding->record));
        json_set(object, "text", json_text(finding->text));
        json_set(object, "fix", json_text(finding->fix));
        json_set(object, "publish", json_text(finding->publish));
        json_set(object, "remove", json_text(finding->remove));
        json_set(object, "reference", json_text(finding->reference));
        json_set(object, "server", json_text(finding->server));
        json_set(object, "lesson", json_text(finding->lesson));
        json_set(object, "rows", rows(finding));
        if (finding->also)
            json_set(object, "also", json_integer((json_int_t)finding->also));
        json_append(array, object);
    }
    return array;
}
