/** Tests of the sandbox Dataverse over its wire, by plain sockets. */
@NullMarked
package dev.caravan.sandbox.dataverse;

import org.jspecify.annotations.NullMarked;
