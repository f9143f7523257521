/** APISmith as a source: how to ask for a page, read it, find the next; how to log in; what it publishes. */
@NullMarked
package dev.caravan.source.apismith;

import org.jspecify.annotations.NullMarked;
