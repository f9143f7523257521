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

    /** An error in the form the Web API gives it. */
    static Answer error(int status, String code, String text) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", text);
        return Answer.json(status, Json.of(Map.of("error", error)))
                .with("Content-Type", "application/json; odata.metadata=minimal");
    }
}
