-- Records that wait for their parents: which one, in which form, when it is tried again. Nothing has waited before this.

DROP TABLE ${p}pending_children;

CREATE TABLE ${p}pending_children (
    uid ${uuid} PRIMARY KEY,
    run_uid ${uuid},
    entity_uid ${uuid} NOT NULL,
    bk_hash TEXT NOT NULL,
    reference TEXT NOT NULL,
    parent_entity TEXT NOT NULL,
    parent_bk_hash TEXT NOT NULL,
    payload TEXT NOT NULL,
    extra_fields TEXT,
    row_version TEXT,
    retry_count INT NOT NULL,
    next_retry_at ${ts},
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL,
    UNIQUE (entity_uid, bk_hash)
);

CREATE INDEX ${i}pending_children_parent ON ${p}pending_children (parent_bk_hash, parent_entity);

CREATE INDEX ${i}pending_children_run ON ${p}pending_children (run_uid);

CREATE INDEX ${i}pending_children_due ON ${p}pending_children (next_retry_at) WHERE next_retry_at IS NOT NULL;

-- Dead letters whose parent did not come: they are taken up again when it does.

ALTER TABLE ${p}failed_records ADD COLUMN bk_hash TEXT;

ALTER TABLE ${p}failed_records ADD COLUMN parent_entity TEXT;

ALTER TABLE ${p}failed_records ADD COLUMN parent_bk_hash TEXT;

CREATE INDEX ${i}failed_records_parent ON ${p}failed_records (parent_bk_hash, parent_entity) WHERE parent_bk_hash IS NOT NULL;

CREATE INDEX ${i}failed_records_orphan ON ${p}failed_records (entity_uid, bk_hash) WHERE bk_hash IS NOT NULL;
