package dev.caravan.sandbox.dataverse;

import dev.caravan.sandbox.Answer;
import dev.caravan.sandbox.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request that gets an error answer: its status, the service's code and what it says. */
final class Refusal extends RuntimeException {
    /** The code for all that is wrong with a URL or its query. */
    static final String ODATA = "0x80060888";

    private final int status;
    private final String code;
    private final String text;

    Refusal(int status, String code, String text) {
        super(status + " " + code + " " + text);
        this.status = status;
        this.code = code;
        this.text = text;
    }

    /** 400 with the code for bad URLs. */
    static Refusal bad(String text) {
        return new Refusal(400, ODATA, text);
    }

    static Refusal noProperty(String name, String type) {
        return bad("Could not find a property named '" + name + "' on type 'Microsoft.Dynamics.CRM." + type + "'.");
    }

    static Refusal noSegment(String name) {
        return new Refusal(404, ODATA, "Resource not found for the segment '" + name + "'.");
    }

    static Refusal denied(String table) {
        return new Refusal(
                403,
                "0x80040220",
                "Principal user (type=8) is missing prvRead" + table + " privilege for entity '" + table + "'.");
    }

    Answer answer() {
        return error(status, code, text);
    }

    /** The same with the details that those get who ask for all annotations. */
    Answer detailed() {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", text);
        error.put("@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus", "0");
        error.put("@Microsoft.PowerApps.CDS.ErrorDetails.SubErrorCode", "2");
        error.put(
                "@Microsoft.PowerApps.CDS.HelpLink",
                "http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a"
                        + code.replace("0x", "") + "&client=platform");
        error.put("@Microsoft.PowerApps.CDS.TraceText", "\r\n[Sandbox: trace of the plug-in]\r\n");
        error.put("@Microsoft.PowerApps.CDS.InnerError.Message", text);
        return error(status, error);
    }

    /** An error in the form the Web API gives it. */
    static Answer error(int status, String code, String text) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", text);
        return error(status, error);
    }

    private static Answer error(int status, Map<String, String> error) {
        return Answer.json(status, Json.of(Map.of("error", error)))
                .with("Content-Type", "application/json; odata.metadata=minimal");
    }
}
