/** Names for the shapes of the wire, all of them from the server's own description of itself. */
import type { components } from '@/api/schema';

export type Schema = components['schemas'];

/** What an endpoint answers, by its name in the description. */
export type Answer<Name extends keyof Schema['Answers']> = Schema['Answers'][Name];
/** What an endpoint takes as its body. */
export type Body<Name extends keyof Schema['Bodies']> = Schema['Bodies'][Name];
/** What an endpoint understands in its query string. */
export type Params<Name extends keyof Schema['Queries']> = Schema['Queries'][Name];

/** A body of which every member is sent, none as null. */
export type Filled<T> = { [Key in keyof T]-?: NonNullable<T[Key]> };
/** Parameters that a query string has as digits. */
export type Digits<T, Key extends keyof T> = { [Name in Key]?: number };

export type Page = Required<Pick<Params<'list_hosts'>, 'page' | 'per_page'>>;
export type SortedPage = Page &
  Required<Pick<Params<'list_hosts'>, 'order_key' | 'order_direction'>>;

export type User = Schema['User'];
export type Role = Schema['UserTeam']['role'];
export type ApiEndpoint = Schema['ApiEndpoint'];
export type Me = Schema['Me'];

export type Host = Schema['Host'];
export type HostDetail = Schema['HostDetail'];
export type HostUser = Schema['HostUser'];
/** A policy as it stands for one host; no response means no answer yet. */
export type HostPolicy = Schema['HostPolicyAnswer'];

export type LabelName = Schema['LabelName'];
export type LabelSummary = Schema['LabelSummary'];
export type Label = Schema['Label'];

/** A single query has warnings about its SQL besides; saving is never refused because of them. */
export type Query = Schema['Query'] & Partial<Pick<Schema['QueryDetail'], 'warnings'>>;
export type QueryStats = Schema['QueryStats'];
export type Logging = Query['logging'];
export type QueryFields = Filled<
  Pick<
    Body<'create_query'>,
    | 'name'
    | 'description'
    | 'query'
    | 'interval'
    | 'platform'
    | 'min_osquery_version'
    | 'automations_enabled'
    | 'logging'
    | 'observer_can_run'
    | 'discard_data'
    | 'labels_include_any'
    | 'labels_include_all'
    | 'labels_exclude_any'
  >
>;
export type QueryReport = Answer<'get_query_report'>;
export type ReportRow = Schema['ReportRow'];

export type EnrollSecret = Schema['EnrollSecret'];
export type AppConfig = Schema['Config'];

export type TargetCount = Answer<'count_targets'>;
/** Who a live query is for. */
export type Targets = Filled<Body<'run_live_query'>['selected']>;
export type Campaign = Schema['Campaign'];
