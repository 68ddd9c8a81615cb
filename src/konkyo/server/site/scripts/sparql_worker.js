// Stands behind Oxigraph's own script, in one worker: takes modules of the graph, and answers queries on them.
const MANY = 500, LABELS = ["http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label", "http://purl.org/dc/terms/title",
  "https://w3id.org/konkyo/ns#statedText"];
const unzipped = async (text) => {
  const stream = new Blob([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))]).stream();
  return new Uint8Array(await new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
};
let store;
const plain = (term) => term && { type: term.termType, value: term.value, lang: term.language || "", datatype: term.datatype?.value };
const labels = (iris) => {
  const found = {};
  for (let start = 0; start < iris.length; start += MANY) {
    const some = iris.slice(start, start + MANY).map((iri) => `<${iri}>`).join(" ");
    LABELS.forEach((property, rank) => {
      for (const row of store.query(`SELECT ?s ?l WHERE { VALUES ?s { ${some} } ?s <${property}> ?l }`)) {
        const own = (found[row.get("s").value] ??= { rank, texts: {} });
        const { language, value } = row.get("l");
        if (own.rank === rank && !(own.texts[language] <= value)) own.texts[language] = value;
      }
    });
  }
  return Object.fromEntries(Object.entries(found).map(([iri, { texts }]) => {
    const any = texts[""] ?? Object.values(texts)[0];
    return [iri, { ja: texts.ja ?? any, en: texts.en ?? any }];
  }));
};
const answered = (text) => {
  const answer = store.query(text);
  if (typeof answer === "boolean") return { variables: ["answer"], rows: [[{ type: "Literal", value: String(answer), lang: "" }]] };
  if (answer.length && !(answer[0] instanceof Map)) {
    return { variables: ["subject", "predicate", "object"], rows: answer.map((one) => [one.subject, one.predicate, one.object].map(plain)) };
  }
  const variables = answer.length ? [...new Set(answer.flatMap((row) => [...row.keys()]))] : [];
  return { variables, rows: answer.map((row) => variables.map((name) => plain(row.get(name)) ?? null)) };
};
const tasks = {
  async start({ engine }) {
    initSync({ module: await unzipped(engine) });
    store = new Store();
  },
  async load({ content }) {
    store.load(await unzipped(content), { format: "application/n-triples", no_transaction: true, lenient: true });
  },
  query: ({ text }) => answered(text),
  labels: ({ iris }) => labels(iris),
};
self.onmessage = async ({ data }) => {
  try {
    self.postMessage({ id: data.id, value: await tasks[data.task](data) });
  } catch (error) {
    self.postMessage({ id: data.id, error: String(error?.message ?? error) });
  }
};
