/** Dataverse's Web API: how to log in, ask, read an answer, and tell what a refusal means. */
@NullMarked
package dev.caravan.source.dataverse;

import org.jspecify.annotations.NullMarked;
