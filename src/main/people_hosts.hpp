#pragma once

#include "fleet/api/rest/host_activities.hpp"
#include "fleet/api/rest/host_facts.hpp"
#include "fleet/api/rest/host_history.hpp"
#include "fleet/api/rest/host_lists.hpp"
#include "fleet/api/rest/host_views.hpp"
#include "fleet/api/rest/hosts.hpp"
#include "fleet/api/rest/label_specs.hpp"
#include "fleet/api/rest/labels.hpp"
#include "fleet/api/rest/software.hpp"
#include "fleet/api/rest/translate.hpp"
#include "fleet/service/host_activities.hpp"
#include "fleet/service/host_email_service.hpp"
#include "fleet/service/host_history_service.hpp"
#include "fleet/service/host_service.hpp"
#include "fleet/service/host_view_service.hpp"
#include "fleet/service/label_service.hpp"
#include "fleet/service/software_service.hpp"
#include "fleet/service/translate_service.hpp"
#include "fleet/store/host_email_store.hpp"
#include "fleet/store/host_history_store.hpp"
#include "fleet/store/host_view_store.hpp"
#include "fleet/store/software_list_store.hpp"
#include "fleet/store/software_store.hpp"
#include "people_shared.hpp"

namespace fleet::main {

/// Hosts and what they are sorted by: lists, details, labels, software, saved views, history.
struct HostParts {
    explicit HostParts(SharedParts& shared_in) : shared{shared_in} {}
    void add_to(api::rest::Endpoints& endpoints) {
        add_all(
            endpoints,
            host_transfer_api,
            host_api,
            host_list_api,
            software_api,
            label_api,
            label_spec_api,
            host_facts_api,
            host_view_api,
            host_history_api,
            translate_api,
            host_activity_api
        );
    }

    SharedParts& shared;
    People::Deps& deps = shared.deps;

    store::HostEmailStore emails{deps.db};
    store::HostViewStore views{deps.db};
    store::HostHistoryStore hours{deps.db};
    store::SoftwareStore software{deps.db};
    store::SoftwareListStore software_lists{deps.db};

    service::HostService host_service{
        {.hosts = shared.hosts,
         .labels = shared.labels,
         .software = software,
         .teams = shared.teams,
         .emails = emails,
         .policies = shared.policies,
         .activities = shared.activities,
         .presence = deps.presence,
         .events = deps.events,
         .workers = deps.workers,
         .clock = deps.clock}};
    service::LabelService label_service{
        {shared.labels, shared.activities, deps.events, deps.events, deps.clock}};
    service::HostEmailService email_service{{emails, shared.hosts, shared.activities}};
    service::HostViewService view_service{views};
    service::HostHistoryService history_service{{hours, shared.teams, deps.presence, deps.clock}};
    service::TranslateService translate_service{{shared.users, shared.labels, shared.hosts}};
    service::SoftwareService software_service{{software_lists, software, shared.hosts}};
    service::HostActivities host_activities{{shared.activities, shared.hosts}};

    api::rest::HostTransferApi host_transfer_api{host_service};
    api::rest::HostApi host_api{host_service};
    api::rest::HostListApi host_list_api{host_service, software_service, deps.clock};
    api::rest::SoftwareApi software_api{software_service};
    api::rest::LabelApi label_api{label_service};
    api::rest::LabelSpecApi label_spec_api{label_service};
    api::rest::HostFactsApi host_facts_api{host_service, email_service};
    api::rest::HostViewApi host_view_api{view_service};
    api::rest::HostHistoryApi host_history_api{history_service};
    api::rest::TranslateApi translate_api{translate_service};
    api::rest::HostActivityApi host_activity_api{host_activities};
};

}  // namespace fleet::main
