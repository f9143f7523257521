-- Records sent to a target that cannot be listed: which there are, which run saw each last, which are to be deleted there.

CREATE TABLE ${p}sent_records (
    uid ${uuid} PRIMARY KEY,
    entity_uid ${uuid} NOT NULL,
    bk_hash TEXT NOT NULL,
    key_values ${json} NOT NULL,
    raw_key BIGINT NOT NULL,
    row_version TEXT,
    run_uid ${uuid} NOT NULL,
    is_gone ${bool} NOT NULL,
    created_at ${ts} NOT NULL,
    updated_at ${ts} NOT NULL,
    UNIQUE (entity_uid, bk_hash)
);

CREATE INDEX ${i}sent_records_version ON ${p}sent_records (entity_uid, row_version);

CREATE INDEX ${i}sent_records_gone ON ${p}sent_records (entity_uid, uid) WHERE is_gone;
