package dev.caravan.source.dataverse;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a connector's token may go. Links in answers are followed as they are written, but only to where the connector
 * itself points: a token that leaves it is lost. Immutable.
 */
public final class Origin {
    /** Scheme and host with port, and nothing that a lenient reader of addresses might take for another host. */
    private static final Pattern ORIGIN =
            Pattern.compile("(?i)(https?)://([a-z0-9.-]+|\\[[0-9a-f:]+])(?::(\\d{1,5}))?/.*");

    /** Both hosts of an environment are one service: {@code org.crm4.dynamics.com}, {@code org.api.crm4.dynamics.com}. */
    private static final Pattern API_LABEL = Pattern.compile("^([^.]+)\\.api\\.(crm\\d*\\.)");

    private final String connector;
    private final String own;

    /**
     * @param connector its name, for messages
     * @param url the environment's address
     */
    public Origin(String connector, URI url) {
        this.connector = connector;
        this.own = of(url + "/");
    }

    /**
     * The same link, if it leads where the connector points.
     *
     * @throws CaravanException LINK_FOREIGN otherwise
     */
    public String require(String link) {
        if (own.isEmpty() || !own.equals(of(link))) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "LINK_FOREIGN",
                    connector + ": an answer links to another host than the connector's url, which gets no token;"
                            + " is there a proxy between, or has the environment moved?");
        }
        return link;
    }

    private static String of(String address) {
        Matcher matcher = ORIGIN.matcher(address);
        if (!matcher.matches()) {
            return "";
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String host =
                API_LABEL.matcher(matcher.group(2).toLowerCase(Locale.ROOT)).replaceFirst("$1.$2");
        String port = matcher.group(3) == null ? scheme.equals("https") ? "443" : "80" : matcher.group(3);
        return scheme + "://" + host + ":" + port;
    }
}
