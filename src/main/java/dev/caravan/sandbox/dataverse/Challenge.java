package dev.caravan.sandbox.dataverse;

/** What an unauthenticated call is told in {@code WWW-Authenticate}: forms seen on real servers, URLs unquoted. */
public enum Challenge {
    /** The sandbox's own login host, and the environment. */
    WITH_RESOURCE("Bearer authorization_uri={login}/{tenant}/oauth2/authorize, resource_id={environment}/"),
    /** The login host alone. */
    WITHOUT_RESOURCE("Bearer authorization_uri={login}/{tenant}/oauth2/authorize"),
    /** The old name of the login host. */
    WINDOWS_NET(
            "Bearer authorization_uri=https://login.windows.net/{tenant}/oauth2/authorize, resource_id={environment}/"),
    /** A sovereign cloud; the resource says nothing. */
    SOVEREIGN("Bearer authorization_uri=https://login.microsoftonline.us/{tenant}/oauth2/authorize, resource_id=x"),
    /** A server of one's own, where there is no tenant. */
    ON_PREMISES("Bearer authorization_uri=https://adfs.example.com/adfs/oauth2/authorize, resource_id={environment}/"),
    /** Two headers, the second with what is needed. */
    SEVERAL("Negotiate\nBearer authorization_uri={login}/{tenant}/oauth2/authorize, resource_id={environment}/"),
    /** A host that must not be trusted. */
    STRANGER(
            "Bearer authorization_uri=https://login.example.net/{tenant}/oauth2/authorize, resource_id={environment}/"),
    /** Nothing of use. */
    BARE("Bearer");

    private final String text;

    Challenge(String text) {
        this.text = text;
    }

    /** The header's value, one header a line. */
    String header(String login, String tenant, String environment) {
        return text.replace("{login}", login).replace("{tenant}", tenant).replace("{environment}", environment);
    }
}
