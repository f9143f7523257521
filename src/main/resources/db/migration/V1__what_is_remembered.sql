-- All that Caravan remembers. ${p} is the schema or prefix; ${uuid}, ${ts}, ${bool} and ${json} are the database's types.

CREATE TABLE ${p}connectors (
    uid ${uuid} PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    base_url TEXT NOT NULL,
    settings ${json},
    origin TEXT NOT NULL,
    is_active ${bool} NOT NULL,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL
);

CREATE TABLE ${p}entities (
    uid ${uuid} PRIMARY KEY,
    connector_uid ${uuid} NOT NULL,
    slug TEXT NOT NULL,
    api_name TEXT,
    description TEXT,
    delta_strategy TEXT NOT NULL,
    business_keys ${json},
    target_schema TEXT,
    target_table TEXT NOT NULL,
    columns ${json} NOT NULL,
    sync_enabled ${bool} NOT NULL,
    sync_interval_seconds BIGINT,
    last_sync_at ${ts},
    last_sync_status TEXT,
    last_rowversion TEXT,
    total_records_synced BIGINT NOT NULL DEFAULT 0,
    first_load ${bool} NOT NULL,
    last_full_pass_at ${ts},
    state_note TEXT,
    deletes_held BIGINT,
    deletes_approved ${bool} NOT NULL,
    sync_paused ${bool} NOT NULL,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL,
    UNIQUE (connector_uid, slug)
);

CREATE TABLE ${p}field_mappings (
    uid ${uuid} PRIMARY KEY,
    entity_uid ${uuid} NOT NULL,
    source_field TEXT NOT NULL,
    target_field TEXT NOT NULL,
    transformation TEXT,
    validation TEXT,
    default_value TEXT,
    is_required ${bool} NOT NULL,
    sync_direction TEXT,
    is_system_field ${bool} NOT NULL,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL,
    UNIQUE (entity_uid, source_field, target_field)
);

CREATE TABLE ${p}sync_runs (
    uid ${uuid} PRIMARY KEY,
    entity_uid ${uuid},
    definition_uid ${uuid},
    run_type TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    started_at ${ts} NOT NULL,
    completed_at ${ts},
    status TEXT NOT NULL,
    records_fetched BIGINT NOT NULL DEFAULT 0,
    records_inserted BIGINT NOT NULL DEFAULT 0,
    records_updated BIGINT NOT NULL DEFAULT 0,
    records_deleted BIGINT NOT NULL DEFAULT 0,
    records_skipped BIGINT NOT NULL DEFAULT 0,
    records_failed BIGINT NOT NULL DEFAULT 0,
    records_pending BIGINT NOT NULL DEFAULT 0,
    records_repeated BIGINT NOT NULL DEFAULT 0,
    pages BIGINT NOT NULL DEFAULT 0,
    requests BIGINT NOT NULL DEFAULT 0,
    retries BIGINT NOT NULL DEFAULT 0,
    throttled_count BIGINT NOT NULL DEFAULT 0,
    bytes BIGINT NOT NULL DEFAULT 0,
    cursor_start TEXT,
    cursor_end TEXT,
    error_code TEXT,
    error_message TEXT,
    error_details ${json},
    node TEXT,
    heartbeat_at ${ts},
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL
);

CREATE TABLE ${p}sync_cursors (
    uid ${uuid} PRIMARY KEY,
    entity_uid ${uuid},
    definition_uid ${uuid},
    cursor_scope TEXT NOT NULL,
    cursor_type TEXT NOT NULL,
    cursor_value TEXT,
    checkpoint TEXT,
    issued_at ${ts},
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL,
    UNIQUE (entity_uid, cursor_scope, cursor_type),
    UNIQUE (definition_uid, cursor_scope, cursor_type)
);

CREATE TABLE ${p}failed_records (
    uid ${uuid} PRIMARY KEY,
    run_uid ${uuid},
    entity_uid ${uuid} NOT NULL,
    stage TEXT NOT NULL,
    error_code TEXT NOT NULL,
    error_type TEXT NOT NULL,
    error_message TEXT NOT NULL,
    reference TEXT NOT NULL,
    raw_data TEXT,
    normalized_data TEXT,
    mapped_data TEXT,
    row_version TEXT,
    retry_count INT NOT NULL,
    max_retries INT NOT NULL,
    next_retry_at ${ts},
    fingerprint TEXT NOT NULL,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL,
    UNIQUE (entity_uid, fingerprint)
);

CREATE TABLE ${p}pending_children (
    uid ${uuid} PRIMARY KEY,
    run_uid ${uuid},
    entity_uid ${uuid} NOT NULL,
    parent_entity TEXT NOT NULL,
    parent_bk_hash TEXT NOT NULL,
    payload TEXT NOT NULL,
    retry_count INT NOT NULL,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL
);

CREATE TABLE ${p}background_schedules (
    uid ${uuid} PRIMARY KEY,
    entity_uid ${uuid} NOT NULL UNIQUE,
    window_start TEXT NOT NULL,
    window_end TEXT NOT NULL,
    zone TEXT NOT NULL,
    current_offset TEXT,
    is_active ${bool} NOT NULL,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL
);

CREATE TABLE ${p}schema_versions (
    uid ${uuid} PRIMARY KEY,
    entity_uid ${uuid} NOT NULL,
    version INT NOT NULL,
    columns ${json} NOT NULL,
    foreign_keys ${json},
    difference ${json},
    level TEXT,
    decision TEXT,
    decided_by TEXT,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL,
    UNIQUE (entity_uid, version)
);

CREATE TABLE ${p}sync_definitions (
    uid ${uuid} PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    database TEXT,
    table_schema TEXT,
    table_name TEXT NOT NULL,
    key_strategy TEXT NOT NULL,
    key_columns ${json},
    cursor_column TEXT,
    connector_uid ${uuid},
    site_id TEXT,
    list_id TEXT,
    key_column TEXT,
    direction TEXT NOT NULL,
    conflict_policy TEXT NOT NULL,
    delete_policy TEXT NOT NULL,
    paused ${bool} NOT NULL,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL
);

CREATE TABLE ${p}sync_ledger (
    uid ${uuid} PRIMARY KEY,
    sync_def_id ${uuid} NOT NULL,
    source_identity_hash TEXT NOT NULL,
    source_identity TEXT,
    source_key_strategy TEXT,
    source_instance_id TEXT,
    sp_list_id TEXT,
    sp_item_id TEXT,
    item_etag TEXT,
    content_hash TEXT,
    base_values ${json},
    last_source_ts ${ts},
    last_sync_ts ${ts},
    provenance TEXT,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL,
    UNIQUE (sync_def_id, source_identity_hash)
);

CREATE TABLE ${p}sync_conflicts (
    uid ${uuid} PRIMARY KEY,
    sync_def_id ${uuid} NOT NULL,
    source_identity TEXT,
    base ${json},
    ours ${json},
    theirs ${json},
    policy TEXT,
    outcome TEXT,
    resolved_by TEXT,
    resolved_at ${ts},
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL
);

CREATE TABLE ${p}alerts (
    uid ${uuid} PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    message TEXT NOT NULL,
    raised_at ${ts} NOT NULL,
    cleared_at ${ts},
    acknowledged_by TEXT,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL
);

CREATE TABLE ${p}audit_log (
    uid ${uuid} PRIMARY KEY,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL
);

CREATE TABLE ${p}entity_locks (
    uid ${uuid} PRIMARY KEY,
    entity_uid ${uuid} NOT NULL UNIQUE,
    run_uid ${uuid} NOT NULL,
    host TEXT NOT NULL,
    pid BIGINT NOT NULL,
    process_start TEXT NOT NULL,
    heartbeat_at ${ts} NOT NULL,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL
);

CREATE INDEX ${i}sync_runs_entity ON ${p}sync_runs (entity_uid, started_at);

CREATE INDEX ${i}sync_runs_open ON ${p}sync_runs (entity_uid) WHERE completed_at IS NULL;

CREATE INDEX ${i}failed_records_reference ON ${p}failed_records (entity_uid, reference);

CREATE INDEX ${i}failed_records_run ON ${p}failed_records (run_uid);

CREATE INDEX ${i}failed_records_due ON ${p}failed_records (next_retry_at) WHERE next_retry_at IS NOT NULL;

CREATE INDEX ${i}pending_children_parent ON ${p}pending_children (parent_bk_hash);

CREATE INDEX ${i}pending_children_run ON ${p}pending_children (run_uid);

CREATE UNIQUE INDEX ${i}alerts_open ON ${p}alerts (kind, subject) WHERE cleared_at IS NULL;

CREATE INDEX ${i}audit_log_subject ON ${p}audit_log (subject, created_at);

CREATE INDEX ${i}sync_ledger_item ON ${p}sync_ledger (sync_def_id, sp_list_id, sp_item_id);
