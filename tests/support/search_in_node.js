// Answers searches by the site's own script: node search_in_node.js FOLDER < TEXTS (JSON) > ANSWERS (JSON).
const fs = require("node:fs"), path = require("node:path"), vm = require("node:vm");
const folder = process.argv[2];
const run = (file) => vm.runInThisContext(fs.readFileSync(path.join(folder, file), "utf8"), { filename: file });
globalThis.document = {
  currentScript: { src: "file:///search/search.js" },
  createElement: () => ({ remove() {} }),
  head: {
    append(script) {
      run(new URL(script.src).pathname.replace("/search/", ""));
      queueMicrotask(() => script.onload());
    },
  },
};
run("search.js");
(async () => {
  const answers = [];
  for (const text of JSON.parse(fs.readFileSync(0, "utf8"))) {
    const { whole, terms, hits, counts, near } = await konkyoSearch.found(text);
    const shown = [];
    for (const number of hits.slice(0, 60)) {
      const thing = await konkyoSearch.thing(number);
      const [field, pieces] = konkyoSearch.where(thing, whole, terms);
      shown.push([thing.iri, field, pieces]);
    }
    const perhaps = await Promise.all(near.map(konkyoSearch.thing));
    answers.push({ total: hits.length, counts, shown, near: perhaps.map((one) => one.iri) });
  }
  process.stdout.write(JSON.stringify(answers));
})();
