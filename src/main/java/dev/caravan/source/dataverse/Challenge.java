package dev.caravan.source.dataverse;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code WWW-Authenticate} of an answer to a caller without a token: it names the login host and the tenant.
 * Its values are unquoted addresses, which readers of well-formed headers refuse (<a
 * href="https://learn.microsoft.com/power-apps/developer/data-platform/authenticate-oauth">OAuth with Dataverse</a>).
 * Stateless.
 */
public final class Challenge {
    private static final Pattern ADDRESS = Pattern.compile("authorization_uri=\"?([^ ,\"]+)");
    private static final String ENDING = "/oauth2/authorize";
    private static final String COMMON = "https://login.microsoftonline.com";
    private static final String OLD_NAME = "https://login.windows.net";
    private static final Set<String> KNOWN = Set.of(
            COMMON,
            OLD_NAME,
            "https://login.microsoftonline.us",
            "https://login.partner.microsoftonline.cn",
            "https://login.chinacloudapi.cn");

    private Challenge() {}

    /**
     * Where to log in: an address without a slash at its end, the tenant its last part.
     *
     * @param headers all headers of the name, as they came
     * @param authority the login host that the settings name; trusted beside the public ones
     * @throws CaravanException TENANT_UNKNOWN where no header names a tenant at a host that is trusted
     */
    public static String login(List<String> headers, URI authority) {
        String own = lower(authority.toString());
        String refused = "";
        for (String header : headers) {
            Matcher matcher = ADDRESS.matcher(header);
            while (matcher.find()) {
                String address = matcher.group(1).replaceFirst("/+$", "");
                String login =
                        address.endsWith(ENDING) ? address.substring(0, address.length() - ENDING.length()) : address;
                String host = host(login);
                if (host.equals(own) || KNOWN.contains(host)) {
                    return host.equals(OLD_NAME) ? COMMON + login.substring(host.length()) : login;
                }
                refused = host;
            }
        }
        throw new CaravanException(
                FaultKind.CONFIGURATION,
                "TENANT_UNKNOWN",
                refused.isEmpty()
                        ? "The environment does not say which tenant it belongs to; set tenant"
                        : "The environment names " + refused + " as its login host, which is not trusted; set authority"
                                + " and tenant if it is right");
    }

    /** Scheme and host of an address that has a tenant behind them; empty for any other. */
    private static String host(String login) {
        int slash = login.lastIndexOf('/');
        boolean plain = login.matches("(?i)https?://[a-z0-9.:-]+/[A-Za-z0-9.-]+");
        return plain ? lower(login.substring(0, slash)) : "";
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
