package dev.caravan.resolve;

/**
 * A record of any entity.
 *
 * @param entity connector and slug, {@code erp.orders}
 * @param keyHash its business-key hash
 */
public record RecordKey(String entity, String keyHash) {}
