#include "report/json_parts.h"
#include "report/json_value.h"

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
        json_set(object, "reference", json_text(finding->reference));
        json_set(object, "server", json_text(finding->server));
        json_set(object, "lesson", json_text(finding->lesson));
        if (finding->also)
            json_set(object, "also", json_integer((json_int_t)finding->also));
        json_append(array, object);
    }
    return array;
}
