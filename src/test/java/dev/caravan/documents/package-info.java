/** What the documents show is run, and its output compared. */
@NullMarked
package dev.caravan.documents;

import org.jspecify.annotations.NullMarked;
