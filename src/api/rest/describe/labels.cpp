#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

Descriptions labels() {
    const Shape label_type = one_of({"builtin", "regular"});
    const Shape label = named(
        "Label",
        {{"created_at", time},
         {"updated_at", time},
         {"id", count},
         {"name", text},
         {"description", text},
         {"query", text},
         {"platform", text},
         {"label_type", label_type},
         {"label_membership_type", one_of({"dynamic", "manual", "host_vitals"})},
         {"author_id", nullable(count)},
         {"team_id", nullable(count)},
         optional("host_count", count),
         {"display_text", text},
         {"count", count}}
    );
    const Shape brief = named(
        "LabelSummary",
        {{"id", count},
         {"name", text},
         {"description", text},
         {"label_type", label_type},
         {"team_id", nullable(count)}}
    );
    const Shape detail = extended(
        label, "LabelDetail", {{"team_name", nullable(text)}, optional("host_ids", list_of(count))}
    );
    return {
        {.endpoint = "list_labels",
         .summary = "List labels, the built-in ones and your own",
         .answer = object({{"labels", nullable(list_of(label))}})},
        {.endpoint = "labels_summary",
         .summary = "List labels in short",
         .answer = object({{"labels", list_of(brief)}})},
        {.endpoint = "get_label",
         .summary = "Get one label",
         .answer = object({{"label", detail}})},
    };
}

}  // namespace fleet::api::rest::describe
