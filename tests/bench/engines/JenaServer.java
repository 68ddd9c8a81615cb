// The query engine of Apache Jena behind the addresses of Fuseki, for `konkyo store-test`: Debian has the engine and no Fuseki.
// Usage: run.sh PORT

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.QueryParseException;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.DatasetFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetDescription;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DynamicDatasets;
import org.apache.jena.update.UpdateAction;

public class JenaServer {
    private static final DatasetGraph DATA = DatasetFactory.createTxnMem().asDatasetGraph();
    private static final String RESULTS = "application/sparql-results+json";

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.createContext("/ds/query", exchange -> answer(exchange, JenaServer::query));
        server.createContext("/ds/update", exchange -> answer(exchange, JenaServer::update));
        server.createContext("/ds/data", exchange -> answer(exchange, JenaServer::data));
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.start();
    }

    private interface Handler {
        byte[] of(HttpExchange exchange, Map<String, List<String>> fields, byte[] body) throws IOException;
    }

    private static void answer(HttpExchange exchange, Handler handler) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = 200;
        byte[] made;
        try {
            Map<String, List<String>> fields = fields(exchange.getRequestURI().getRawQuery());
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
                fields.putAll(fields(new String(body, StandardCharsets.UTF_8)));
            }
            made = handler.of(exchange, fields, body);
        } catch (QueryParseException error) {
            status = 400;
            made = String.valueOf(error.getMessage()).getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException error) {
            status = 500;
            made = String.valueOf(error).getBytes(StandardCharsets.UTF_8);
        }
        exchange.sendResponseHeaders(made.length == 0 ? 204 : status, made.length == 0 ? -1 : made.length);
        exchange.getResponseBody().write(made);
        exchange.close();
    }

    private static Map<String, List<String>> fields(String text) {
        Map<String, List<String>> found = new HashMap<>();
        for (String part : text == null ? new String[0] : text.split("&")) {
            String[] pair = part.split("=", 2);
            String value = pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
            found.computeIfAbsent(URLDecoder.decode(pair[0], StandardCharsets.UTF_8), name -> new ArrayList<>()).add(value);
        }
        return found;
    }

    private static byte[] query(HttpExchange exchange, Map<String, List<String>> fields, byte[] body) {
        var query = QueryFactory.create(fields.get("query").get(0));
        List<String> defaults = fields.getOrDefault("default-graph-uri", List.of());
        List<String> named = fields.getOrDefault("named-graph-uri", List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DATA.begin(ReadWrite.READ);
        try {
            DatasetGraph seen = defaults.isEmpty() && named.isEmpty()
                ? DATA : DynamicDatasets.dynamicDataset(DatasetDescription.create(defaults, named), DATA, false);
            try (QueryExecution running = QueryExecutionFactory.create(query, DatasetFactory.wrap(seen))) {
                String type = RESULTS;
                if (query.isSelectType()) {
                    ResultSetFormatter.outputAsJSON(out, running.execSelect());
                } else if (query.isAskType()) {
                    ResultSetFormatter.outputAsJSON(out, running.execAsk());
                } else {
                    type = "application/n-triples";
                    var triples = query.isConstructType() ? running.execConstruct() : running.execDescribe();
                    RDFDataMgr.write(out, triples, Lang.NTRIPLES);
                    if (out.size() == 0) {
                        out.write('\n');
                    }
                }
                exchange.getResponseHeaders().set("Content-Type", type);
            }
        } finally {
            DATA.end();
        }
        return out.toByteArray();
    }

    private static byte[] update(HttpExchange exchange, Map<String, List<String>> fields, byte[] body) {
        written(() -> UpdateAction.parseExecute(fields.get("update").get(0), DATA));
        return new byte[0];
    }

    private static byte[] data(HttpExchange exchange, Map<String, List<String>> fields, byte[] body) {
        written(() -> {
            Graph graph = DATA.getGraph(NodeFactory.createURI(fields.get("graph").get(0)));
            RDFDataMgr.read(graph, new ByteArrayInputStream(body), Lang.NTRIPLES);
        });
        return new byte[0];
    }

    private static synchronized void written(Runnable change) {
        DATA.begin(ReadWrite.WRITE);
        try {
            change.run();
            DATA.commit();
        } catch (RuntimeException error) {
            DATA.abort();
            throw error;
        } finally {
            DATA.end();
        }
    }
}
