#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

Shape label_name() {
    return named("LabelName", {{"id", count}, {"name", text}});
}

Shape label_type() {
    return one_of({"builtin", "regular"});
}

Shape label_membership() {
    return one_of({"dynamic", "manual", "host_vitals"});
}

namespace {

/// A comparison, or several criteria of which all or any must hold. Values are texts or numbers,
/// as they were sent.
Shape criteria() {
    const Shape parts = list_of(reference("LabelCriteria"));
    return named(
        "LabelCriteria",
        {optional("vital", text),
         optional("operator", nullable(text)),
         optional("value", anything),
         optional("custom_host_vital_id", anything),
         optional("and", parts),
         optional("or", parts)}
    );
}

}  // namespace

Descriptions labels() {
    const Shape label = named(
        "Label",
        {{"created_at", time},
         {"updated_at", time},
         {"id", count},
         {"name", text},
         {"description", text},
         {"query", text},
         {"platform", text},
         {"label_type", label_type()},
         {"label_membership_type", label_membership()},
         optional("criteria", criteria()),
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
         {"label_type", label_type()},
         {"team_id", nullable(count)}}
    );
    const Shape detail = extended(
        label, "LabelDetail", {{"team_name", nullable(text)}, optional("host_ids", list_of(count))}
    );
    const Shape one = object({{"label", detail}});
    const Shape spec = named(
        "LabelSpec",
        {{"id", count},
         {"name", text},
         {"description", text},
         {"query", text},
         optional("platform", text),
         {"label_type", label_type()},
         {"label_membership_type", label_membership()},
         optional("hosts", list_of(text)),
         optional("criteria", criteria()),
         {"team_id", nullable(count)}}
    );
    return {
        {.endpoint = "list_labels",
         .summary = "List labels, the built-in ones and your own",
         .answer = object({{"labels", nullable(list_of(label))}})},
        {.endpoint = "labels_summary",
         .summary = "List labels in short",
         .answer = object({{"labels", list_of(brief)}})},
        {.endpoint = "get_label", .summary = "Get one label", .answer = one},
        {.endpoint = "create_label",
         .summary = "Create a label",
         .answer = one,
         .required = {"name"}},
        {.endpoint = "modify_label", .summary = "Change a label", .answer = one},
        {.endpoint = "delete_label", .summary = "Delete a label by its name"},
        {.endpoint = "delete_label_by_id", .summary = "Delete a label"},
        {.endpoint = "add_host_labels",
         .summary = "Put a host into labels",
         .required = {"labels"}},
        {.endpoint = "remove_host_labels",
         .summary = "Take a host out of labels",
         .required = {"labels"}},
        {.endpoint = "list_label_specs",
         .summary = "List labels as specs",
         .answer = object({{"specs", nullable(list_of(spec))}})},
        {.endpoint = "get_label_spec",
         .summary = "Get one label as a spec",
         .answer = object({{"specs", spec}})},
        {.endpoint = "apply_label_specs",
         .summary = "Create and change labels by specs",
         .required = {"specs"}},
    };
}

}  // namespace fleet::api::rest::describe
