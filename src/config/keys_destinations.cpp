// operations.md C.8 and C.9: where log lines and files go.

#include "key_rows.hpp"

namespace fleet::config {
namespace {

using enum Type;
using enum Mark;

void add_files(std::vector<Key>& out) {
    add_section(
        out,
        "filesystem",
        {
            {"status_log_file", text, "$TMPDIR/osquery_status", "File of status logs."},
            {"result_log_file", text, "$TMPDIR/osquery_result", "File of result logs."},
            {"audit_log_file", text, "$TMPDIR/audit", "File of activities."},
            {"enable_log_rotation", boolean, "false", "Rotate these files."},
            {"enable_log_compression", boolean, "false", "Compress rotated files with gzip."},
            {"max_size", integer, "500", "Size in MB at which a file is rotated."},
            {"max_age", integer, "28", "Days that rotated files are kept; 0: for ever."},
            {"max_backups", integer, "3", "Rotated files that are kept; 0: all."},
        }
    );
    add_section(
        out,
        "webhook",
        {
            {"status_url", text, "", "URL that status logs are posted to."},
            {"result_url", text, "", "URL that result logs are posted to."},
        }
    );
}

void add_aws_stream(std::vector<Key>& out, const std::string& section, const std::string& what) {
    add_section(
        out,
        section,
        {
            {"region", text, "", "AWS region."},
            {"endpoint_url", text, "", "Another endpoint than AWS's own."},
            {"access_key_id", text, "", "AWS access key id."},
            {"secret_access_key", text, "", "AWS secret access key.", secret},
            {"sts_assume_role_arn", text, "", "AWS role to assume."},
            {"sts_external_id", text, "", "External id of that role."},
            {"status_stream", text, "", what + " of status logs."},
            {"result_stream", text, "", what + " of result logs."},
            {"audit_stream", text, "", what + " of activities."},
        }
    );
}

void add_lambda(std::vector<Key>& out) {
    add_section(
        out,
        "lambda",
        {
            {"region", text, "", "AWS region."},
            {"access_key_id", text, "", "AWS access key id."},
            {"secret_access_key", text, "", "AWS secret access key.", secret},
            {"sts_assume_role_arn", text, "", "AWS role to assume."},
            {"sts_external_id", text, "", "External id of that role."},
            {"status_function", text, "", "Function called with status logs."},
            {"result_function", text, "", "Function called with result logs."},
            {"audit_function", text, "", "Function called with activities."},
        }
    );
}

void add_queues(std::vector<Key>& out) {
    add_section(
        out,
        "pubsub",
        {
            {"project", text, "", "Google Cloud project."},
            {"status_topic", text, "", "Topic of status logs."},
            {"result_topic", text, "", "Topic of result logs."},
            {"audit_topic", text, "", "Topic of activities."},
            {"add_attributes", boolean, "false", "Add attributes beside the body."},
        }
    );
    add_section(
        out,
        "kafkarest",
        {
            {"status_topic", text, "", "Topic of status logs."},
            {"result_topic", text, "", "Topic of result logs."},
            {"audit_topic", text, "", "Topic of activities."},
            {"proxyhost", text, "", "URL of the Kafka REST proxy."},
            {"content_type_value",
             text,
             "application/vnd.kafka.json.v1+json",
             "Content type of the posts."},
            {"timeout", integer, "5", "Longest request, in seconds."},
        }
    );
    add_section(
        out,
        "nats",
        {
            {"status_subject", text, "", "Subject of status logs."},
            {"result_subject", text, "", "Subject of result logs."},
            {"audit_subject", text, "", "Subject of activities."},
            {"server", text, "", "URL of the NATS server."},
            {"cred_file", text, "", "Credentials file; not with nkey_file."},
            {"nkey_file", text, "", "NKey seed file; not with cred_file."},
            {"tls_client_crt_file", text, "", "Client certificate (PEM file)."},
            {"tls_client_key_file", text, "", "Key of the client certificate (PEM file)."},
            {"ca_crt_file", text, "", "Certificate authorities to trust (PEM file)."},
            {"compression", text, "", "gzip, snappy or zstd; empty: none."},
            {"jetstream", boolean, "false", "Publish to JetStream."},
            {"timeout", duration, "30s", "Longest write of a batch."},
        }
    );
    add_section(
        out,
        "splunk",
        {
            {"url", text, "", "URL of the HTTP Event Collector."},
            {"token", text, "", "Token of the collector.", secret},
            {"index", text, "", "Index of the events."},
            {"source", text, "", "Source of the events."},
            {"source_type", text, "", "Source type of the events."},
            {"insecure_skip_verify", boolean, "false", "Accept any certificate."},
        }
    );
}

/// The keys that every S3 bucket has, under a prefix of their own.
void add_bucket(
    std::vector<Key>& out, const std::string& prefix, const std::string& what, Mark mark
) {
    const Mark secret_mark = mark == hidden ? hidden_secret : secret;
    add_rows(
        out,
        prefix,
        {
            {"bucket", text, "", "Bucket of " + what, mark},
            {"prefix", text, "", "Folder of " + what, mark},
            {"region", text, "", "AWS region of the bucket.", mark},
            {"endpoint_url", text, "", "Another endpoint than AWS's own.", mark},
            {"access_key_id", text, "", "AWS access key id.", mark},
            {"secret_access_key", text, "", "AWS secret access key.", secret_mark},
            {"sts_assume_role_arn", text, "", "AWS role to assume.", mark},
            {"sts_external_id", text, "", "External id of that role.", mark},
            {"disable_ssl", boolean, "false", "Speak plain HTTP to the endpoint.", mark},
            {"force_s3_path_style", boolean, "false", "Bucket in the path, not the host.", mark},
        }
    );
}

void add_s3(std::vector<Key>& out) {
    add_bucket(out, "s3.carves_", "file carves; without one they stay in the database.", none);
    add_section(
        out,
        "s3",
        {
            {"carves_gcs_iam_auth", boolean, "false", "Sign in to Google Cloud by IAM."},
            {"carves_cleanup_disabled", boolean, "false", "Never delete old carves."},
            {"carves_cleanup_max_per_run", integer, "1000", "Carves deleted in one run."},
            {"carves_cleanup_concurrency", integer, "32", "Deletions at the same time."},
        }
    );
    add_bucket(out, "s3.", "file carves (old name).", hidden);
    add_bucket(out, "s3.software_installers_", "software installers.", none);
    add_section(
        out,
        "s3",
        {
            {"software_installers_gcs_iam_auth", boolean, "false", "Sign in to Google by IAM."},
            {"software_installers_signed_url", boolean, "false", "Hand out signed URLs."},
            {"software_installers_cloudfront_url", text, "", "CloudFront URL, https only."},
            {"software_installers_cloudfront_url_signing_public_key_id",
             text,
             "",
             "Id of the key that signs CloudFront URLs."},
            {"software_installers_cloudfront_url_signing_private_key",
             text,
             "",
             "The key that signs CloudFront URLs.",
             secret},
        }
    );
    add_bucket(out, "packaging.s3.", "pre-built installers.", none);
}

}  // namespace

void add_destination_keys(std::vector<Key>& out) {
    add_files(out);
    add_aws_stream(out, "firehose", "Firehose stream");
    add_aws_stream(out, "kinesis", "Kinesis stream");
    add_lambda(out);
    add_queues(out);
    add_s3(out);
}

}  // namespace fleet::config
