-- What the runs of a pass over several nights have seen so far, so that its last one knows which rows none of them saw.

CREATE TABLE ${p}pass_rows (
    entity_uid ${uuid} NOT NULL,
    bk_hash TEXT NOT NULL,
    PRIMARY KEY (entity_uid, bk_hash)
);
