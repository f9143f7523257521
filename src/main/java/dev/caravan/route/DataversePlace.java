package dev.caravan.route;

import dev.caravan.source.dataverse.DataversePage;

/**
 * How far a run over a table of Dataverse has come. Immutable.
 *
 * @param pages of all listings
 * @param page the next one of this listing, from 1
 * @param round which listing it is, from 0
 * @param records in this listing
 */
record DataversePlace(int pages, int page, int round, long records) {
    static final DataversePlace BEGIN = new DataversePlace(0, 1, 0, 0);

    DataversePlace after(DataversePage answer) {
        return new DataversePlace(pages + 1, page + 1, round, records + answer.size());
    }

    DataversePlace anew() {
        return new DataversePlace(pages, 1, round + 1, 0);
    }
}
