package dev.caravan.schema.odata;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads {@code $metadata} as OData 4 describes it (<a
 * href="https://docs.oasis-open.org/odata/odata-csdl-xml/v4.01/odata-csdl-xml-v4.01.html">CSDL XML 4.01</a>), piece by
 * piece: what is kept grows with the types, not with the text. A byte-order mark is passed over; a document type is
 * refused, and nothing outside the document is ever opened. Stateless.
 */
public final class MetadataReader {
    private static final int DEEPEST = 64;

    private MetadataReader() {}

    /**
     * Reads a document to its end.
     *
     * @param xml unpacked; not closed
     * @param mostBytes a longer document is refused
     * @throws CaravanException METADATA_UNREADABLE for what is no OData 4 metadata or too large or deep;
     *     SOURCE_TROUBLE when reading breaks off
     */
    public static Metadata read(InputStream xml, long mostBytes) {
        BoundedXml bounded = new BoundedXml(xml, mostBytes);
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(bounded);
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException broken) {
            throw refused(bounded, broken);
        }
    }

    private static CaravanException refused(BoundedXml bounded, XMLStreamException broken) {
        String reason = bounded.refusal();
        if (!reason.isEmpty()) {
            return Metadata.unreadable("The $metadata document " + reason);
        }
        if (broken.getNestedException() instanceof IOException cut
                && !(cut instanceof java.io.CharConversionException)) {
            return new CaravanException(
                    FaultKind.TRANSIENT, "SOURCE_TROUBLE", "$metadata: the answer broke off", broken);
        }
        int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNumber();
        return new CaravanException(
                FaultKind.BAD_DATA,
                "METADATA_UNREADABLE",
                "The $metadata document is no well-formed XML (line " + line + "); ask the service for it by hand",
                broken);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
        return factory;
    }

    private static Metadata read(XMLStreamReader reader) throws XMLStreamException {
        MetadataDocument document = new MetadataDocument();
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEEPEST) {
                        throw Metadata.unreadable("The $metadata document nests deeper than " + DEEPEST + " elements");
                    }
                    document.start(reader, depth);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    document.end(reader.getLocalName(), depth);
                    depth--;
                }
                case XMLStreamConstants.DTD ->
                    throw Metadata.unreadable("The $metadata document declares a document type");
                default -> {
                    // text, comments and processing instructions say nothing of the schema
                }
            }
        }
        return document.metadata();
    }
}
