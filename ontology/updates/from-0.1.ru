# Rewrite the graphs of the RS system's files of a store of version 0.1.0 as version 0.2.0 writes them. What is made from
# them (graph/shortcut, labels, names) is to be built anew: `konkyo build` with --keep does that.
PREFIX kk: <https://w3id.org/konkyo/ns#>
PREFIX c: <https://w3id.org/konkyo/code/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

# 1. A column is described once, with its heading, its file and the review of its file.
INSERT { GRAPH ?g { ?column a kk:Column, kk:Evidence ; oa:hasSource ?source ; kk:column ?heading ; kk:reviewYear ?year } }
WHERE {
  GRAPH ?g { ?place oa:hasSource ?source ; kk:row ?row ; kk:column ?heading . ?source kk:reviewYear ?year }
  BIND(IRI(CONCAT(STR(?source), "#col=", REPLACE(STR(?place), "^.*/", ""))) AS ?column)
} ;

# 2. A field is a cell in its column; it says its row only where its thing does not stand in that row.
DELETE { GRAPH ?g { ?thing kk:hasField ?place } }
INSERT { GRAPH ?g { ?thing kk:hasField ?cell . ?cell kk:inColumn ?column ; kk:statedText ?words ; kk:row ?told } }
WHERE {
  GRAPH ?g { ?place oa:hasSource ?source ; kk:row ?row ; kk:column ?heading ; kk:statedText ?words . ?thing kk:hasField ?place }
  BIND(REPLACE(STR(?place), "^.*/", "") AS ?number)
  BIND(IRI(CONCAT(STR(?source), "#col=", ?number)) AS ?column)
  BIND(IRI(CONCAT(STR(?source), "#cell=", STR(?row), ",", ?number)) AS ?cell)
  # Steps and indicators have several rows: their fields always say theirs.
  OPTIONAL {
    GRAPH ?g { ?thing a ?kind ; kk:evidence ?its . ?its kk:row ?row }
    FILTER(?kind != kk:Indicator)
  }
  OPTIONAL { GRAPH ?g { ?thing kk:evidence ?other . ?other kk:row ?row . ?thing kk:payeeCount ?any } }
  BIND(IF(BOUND(?kind) || BOUND(?other), ?none, ?row) AS ?told)
} ;

# 3. Of what has several places, or says less than the cell, the evidence is a cell.
DELETE { GRAPH ?of { ?fact kk:evidence ?place } }
INSERT {
  GRAPH ?of { ?fact kk:evidence ?cell }
  GRAPH ?g { ?cell a kk:Evidence ; oa:hasSource ?source ; kk:inColumn ?column ; kk:row ?row ; kk:statedText ?words }
}
WHERE {
  GRAPH ?g { ?place oa:hasSource ?source ; kk:row ?row ; kk:column ?heading }
  OPTIONAL { GRAPH ?g { ?place kk:statedText ?words } }
  GRAPH ?of { ?fact kk:evidence ?place ; a ?kind }
  OPTIONAL { GRAPH ?of { ?fact kk:basis ?citation } GRAPH ?named { ?citation kk:statedText ?cited } }
  FILTER(
    (?kind = kk:LogicStep && (BOUND(?words) || STRENDS(STR(?source), "/3-1")))
    || (?kind = kk:StepMeasurement && BOUND(?words))
    || (?kind = kk:Justification && COALESCE(?words != ?cited, true))
  )
  BIND(REPLACE(STR(?place), "^.*/", "") AS ?number)
  BIND(IRI(CONCAT(STR(?source), "#col=", ?number)) AS ?column)
  BIND(IRI(CONCAT(STR(?source), "#cell=", STR(?row), ",", ?number)) AS ?cell)
} ;

# 4. Of everything else it is the column, and the row stands at the fact; a citation's words stand at its link.
DELETE { GRAPH ?of { ?fact kk:evidence ?place } }
INSERT { GRAPH ?of { ?fact kk:evidence ?column ; kk:row ?row ; kk:statedText ?words } }
WHERE {
  GRAPH ?g { ?place oa:hasSource ?source ; kk:row ?row ; kk:column ?heading }
  OPTIONAL { GRAPH ?g { ?place kk:statedText ?words } }
  GRAPH ?of { ?fact kk:evidence ?place }
  BIND(IRI(CONCAT(STR(?source), "#col=", REPLACE(STR(?place), "^.*/", ""))) AS ?column)
} ;
DELETE { GRAPH ?g { ?place ?p ?o } }
WHERE { GRAPH ?g { ?place kk:row ?row ; kk:column ?heading ; ?p ?o } } ;

# 5. What was read from a table is read plainly; its review stands at the column; a link is typed by its own class.
DELETE { GRAPH ?g { ?fact kk:readingCertainty c:plain } }
WHERE { GRAPH ?g { ?fact kk:readingCertainty c:plain ; kk:evidence ?place } GRAPH ?of { ?place kk:column|kk:inColumn ?column } } ;
DELETE { GRAPH ?g { ?fact kk:reviewYear ?year } }
WHERE {
  VALUES ?kind {
    kk:Responsibility kk:ProjectRelation kk:StepConnection kk:StepMeasurement kk:SubsidyRule kk:Assessment kk:ProjectReview
    kk:BudgetFigure kk:BudgetItem kk:Payment kk:MoneyFlow kk:IndirectCost kk:MoneyUse kk:Contract
  }
  GRAPH ?g { ?fact a ?kind ; kk:reviewYear ?year }
} ;
DELETE { GRAPH ?g { ?link a kk:Link } }
WHERE { GRAPH ?g { ?link a kk:Link, ?kind FILTER(?kind != kk:Link) } } ;

# 6. An amount in yen needs no multiplier; a part of a figure has stage and year of the whole.
DELETE { GRAPH ?g { ?figure kk:statedAmount ?amount ; kk:multiplier 1 } }
WHERE { GRAPH ?g { ?figure kk:statedAmount ?amount ; kk:multiplier 1 } } ;
DELETE { GRAPH ?g { ?part kk:fiscalYear ?year ; kk:budgetStage ?stage } }
WHERE { GRAPH ?g { ?part kk:account ?account ; dcterms:isPartOf ?whole ; kk:fiscalYear ?year ; kk:budgetStage ?stage . ?whole kk:amountYen ?yen } } ;

# 7. A thing hangs on its owner in one way.
DELETE { GRAPH ?g { ?thing kk:ofProject ?project ; kk:block ?block } }
INSERT { GRAPH ?g { ?owner ?has ?thing } }
WHERE {
  VALUES (?kind ?has) {
    (kk:BudgetItem kk:hasBudgetItem) (kk:SubsidyRule kk:hasSubsidyRule) (kk:ProjectReview kk:hasReview)
    (kk:PaymentBlock kk:hasPaymentBlock) (kk:IndirectCost kk:hasIndirectCost) (kk:MoneyUse kk:hasMoneyUse) (kk:Contract kk:hasContract)
  }
  GRAPH ?g { ?thing a ?kind ; kk:ofProject ?project OPTIONAL { ?thing kk:block ?block } }
  BIND(COALESCE(?block, ?project) AS ?owner)
} ;
DELETE { GRAPH ?g { ?flow kk:ofProject ?project } }
WHERE { GRAPH ?g { ?flow a kk:MoneyFlow ; kk:ofProject ?project } } ;
DELETE { GRAPH ?g { ?step dcterms:isPartOf ?project } }
INSERT { GRAPH ?g { ?project kk:hasLogicStep ?step } }
WHERE { GRAPH ?g { ?step a kk:LogicStep ; dcterms:isPartOf ?project } } ;

# 8. A code of kind stands by a property of the vocabulary.
DELETE { GRAPH ?g { ?thing dcterms:type ?code } }
INSERT { GRAPH ?g { ?thing kk:kind ?code } }
WHERE { GRAPH ?g { ?thing dcterms:type ?code } } ;

# 9. Names as written, numbers of laws and projects, units of their ministry.
DELETE { GRAPH <https://w3id.org/konkyo/graph/rs> { ?thing skos:altLabel ?name } }
INSERT { GRAPH <https://w3id.org/konkyo/graph/rs> { ?thing kk:writtenName ?name } }
WHERE { GRAPH <https://w3id.org/konkyo/graph/rs> { ?thing skos:altLabel ?name } } ;
DELETE { GRAPH ?g { ?law kk:lawNumber ?number } }
INSERT { GRAPH ?g { ?law eli:number ?number } }
WHERE { GRAPH ?g { ?law kk:lawNumber ?number } } ;
INSERT { GRAPH ?g { ?law eli:id_local ?id } }
WHERE { GRAPH ?g { ?law a eli:LegalResource ; dcterms:identifier ?id } } ;
INSERT { GRAPH <https://w3id.org/konkyo/graph/rs> { ?project dcterms:identifier ?number } }
WHERE {
  GRAPH <https://w3id.org/konkyo/graph/rs> { ?project a kk:Project }
  BIND(STRAFTER(STR(?project), "/id/project/") AS ?number)
} ;
DELETE { GRAPH ?g { ?unit org:unitOf ?above } }
INSERT { GRAPH ?g { ?unit org:subOrganizationOf ?above ; org:unitOf ?ministry } }
WHERE {
  GRAPH ?g { ?unit org:unitOf ?above . ?above org:unitOf+ ?ministry }
  FILTER NOT EXISTS { GRAPH ?other { ?ministry org:unitOf ?higher } }
}
