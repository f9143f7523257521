/** What all sources share: how an answer is judged, and how long to wait before asking again. */
@NullMarked
package dev.caravan.source;

import org.jspecify.annotations.NullMarked;
