# What may go wrong in data, and the shape that must notice. Each entry is an update of valid data (the carried sheet,
# a row or two of every kind of RS file, and review sheets of single years): a line "# Shape: what is wrong", then the update.
# One WHERE may find several things; all of them are changed.

# UnknownTerm: a property that the vocabulary does not have
INSERT { ?x kk:basisStratgy ?y } WHERE { ?x kk:basisStrategy ?y }

# UnknownTerm: a class that the vocabulary does not have
INSERT { ?x a kk:Programme } WHERE { ?x a kk:Project }

# KindsApart: a strategy that is an edition as well
INSERT { ?x a kk:Edition } WHERE { ?x a kk:Strategy ; dcat:hasVersion ?y }

# KindsApart: an edition that is a section of another as well
INSERT { ?x a kk:Section ; dcterms:isPartOf ?y } WHERE { ?y dcat:previousVersion ?x }

# LabelOnce: a name that is preferred and alternative label (SKOS S13)
INSERT { ?x skos:altLabel ?name } WHERE { ?x a kk:Project ; skos:prefLabel ?name }

# LabelOncePerLanguage: a project with two names
INSERT { ?x skos:prefLabel "もう一つの名"@ja } WHERE { ?x a kk:Project }

# NamedIsLabelled: a payee whose label is lost
DELETE { ?x skos:prefLabel ?name } WHERE { ?x kk:writtenName ?written ; skos:prefLabel ?name ; a org:Organization }

# JapaneseLabel: an account without a name
DELETE { ?x skos:prefLabel ?name } WHERE { ?x a kk:Account ; skos:prefLabel ?name }

# PartOfItself: a measure that is a part of itself
INSERT { ?x dcterms:isPartOf ?x } WHERE { ?x a kk:Measure }

# SectionReachesEdition: two sections that are parts of each other
DELETE { ?y dcterms:isPartOf ?z } INSERT { ?y dcterms:isPartOf ?x } WHERE { ?x a kk:Section ; dcterms:isPartOf ?y . ?y a kk:Section ; dcterms:isPartOf ?z }

# PolicyElementKind: an element of the hierarchy of no kind
DELETE { ?x a kk:Objective } INSERT { ?x a kk:PolicyElement } WHERE { ?x a kk:Objective }

# PolicyParent: a measure that is placed in a measure
DELETE { ?x dcterms:isPartOf ?y } INSERT { ?x dcterms:isPartOf ?z }
WHERE { ?x a kk:Measure ; dcterms:isPartOf ?y . ?z a kk:Measure . FILTER ( ?x != ?z ) }

# ProjectParent: a project that is placed in a project
INSERT { ?x dcterms:isPartOf ?y } WHERE { ?x kk:relatedProject ?y }

# ProjectNumber: a project without a number
DELETE { ?x dcterms:identifier ?y } WHERE { ?x a kk:Project ; dcterms:identifier ?y }

# LineageOwner: an objective that goes on from a project
INSERT { ?o kk:hasLink ?link } WHERE { ?link a kk:Lineage . ?m kk:hasObjective ?o }

# LineageBasis: a project that goes on from a measure
INSERT { ?link kk:basis ?measure } WHERE { ?link a kk:Lineage ; kk:basis ?project . ?measure a kk:Measure }

# LineageTold: a project that goes on from nothing that is named
DELETE { ?link ?p ?o } WHERE { ?link a kk:Lineage ; ?p ?o . FILTER ( ?p IN ( kk:basis, kk:statedText ) ) }

# ContinuesEarlier: a project that goes on from one of the same review
DELETE { ?y kk:reviewYear ?before } INSERT { ?y kk:reviewYear ?own }
WHERE { ?x kk:continues ?y ; kk:reviewYear ?own . ?y kk:reviewYear ?before }

# BesideLinksComplete: a project that is named as the earlier one, and nothing says so in short
DELETE { ?x kk:continues ?y } WHERE { ?x kk:continues ?y }

# BesideLinksGrounded: a project that goes on from another one by a refused link
DELETE { ?link kk:claimLevel ?level } INSERT { ?link kk:claimLevel c:rejected }
WHERE { ?link a kk:Lineage ; kk:basis ?y ; kk:claimLevel ?level }

# OneAccount: an item of two accounts
INSERT { ?x kk:account ?z } WHERE { ?x a kk:BudgetItem ; kk:account ?y . ?z a kk:Account . FILTER ( ?z != ?y ) }

# ThemeCode: a theme of another list
INSERT { ?x kk:theme c:agreement } WHERE { ?x kk:theme ?y }

# MinistryIsNoUnit: a bureau in place of the ministry
DELETE { ?x kk:ministry ?y } INSERT { ?x kk:ministry ?z } WHERE { ?x a kk:Project ; kk:ministry ?y ; kk:responsibleUnit ?z }

# UnitParent: a division whose ministry is a bureau
DELETE { ?x org:unitOf ?y } INSERT { ?x org:unitOf ?z } WHERE { ?x org:unitOf ?y ; org:subOrganizationOf ?z }

# UnitOfSameMinistry: a division in the bureau of another ministry
DELETE { ?x org:unitOf ?y } INSERT { ?x org:unitOf ?z }
WHERE { ?x org:unitOf ?y ; org:subOrganizationOf ?b . ?z a org:Organization . ?p kk:ministry ?z . FILTER ( ?z != ?y ) }

# OrganizationNumber: a corporate number with a digit too few
DELETE { ?x org:identifier ?y } INSERT { ?x org:identifier ?short } WHERE { ?x org:identifier ?y . BIND ( SUBSTR(?y, 2) AS ?short ) }

# OneBodyOneNumber: one body as two nodes
INSERT { id:org\/again a org:Organization ; skos:prefLabel "同じ法人"@ja ; org:identifier ?y } WHERE { ?x kk:ministry/org:identifier ?y }

# EditionTitle: an edition without its title
DELETE { ?x dcterms:title ?y } WHERE { ?x a kk:Edition ; dcterms:title ?y }

# EditionsInOrder: editions out of order in time
DELETE { ?x dcterms:issued ?late } INSERT { ?x dcterms:issued "1999-01-01"^^xsd:date } WHERE { ?x dcat:previousVersion ?y ; dcterms:issued ?late }

# PreviousVersionsEnd: two editions, each the previous one of the other
INSERT { ?y dcat:previousVersion ?x } WHERE { ?x dcat:previousVersion ?y }

# OnePreviousVersion: an edition with two previous ones
INSERT { ?x dcat:previousVersion ?z } WHERE { ?x dcat:previousVersion ?y . ?s dcat:hasVersion ?z . FILTER ( ?z != ?y ) }

# EditionIsDated: an edition that nothing tells from others
DELETE { ?x dcterms:issued ?y } WHERE { ?x dcat:previousVersion ?o ; dcterms:issued ?y }

# SpeechIsKnown: a speech that nothing tells from others
INSERT { id:speech\/again a kk:Speech, kk:Edition ; skos:prefLabel "どの演説か分からないもの"@ja ; dcterms:title "演説"@ja } WHERE {}

# EditionOfOneStrategy: an edition of two strategies
INSERT { ?other dcat:hasVersion ?x } WHERE { ?s dcat:hasVersion ?x . ?other a kk:Strategy . FILTER ( ?other != ?s ) }

# ReplacesBothWays: a successor that its predecessor does not know
INSERT { ?x dcterms:replaces ?y } WHERE { ?x owl:differentFrom ?y }

# DifferentFromItself: a strategy that is not itself
INSERT { ?x owl:differentFrom ?x } WHERE { ?x a kk:Strategy }

# FiscalYearEra: a wrong era label
DELETE { ?x skos:prefLabel ?y } INSERT { ?x skos:prefLabel "令和23年度"@ja } WHERE { ?x a kk:FiscalYear ; skos:prefLabel ?y . FILTER ( STR(?y) = "平成23年度" ) }

# FiscalYearEra: an era that had not begun
INSERT { ?x skos:altLabel "令和0年度"@ja } WHERE { ?x a kk:FiscalYear ; skos:prefLabel ?y . FILTER ( STR(?y) = "FY2010" ) }

# FiscalYearNumber: an English label of the year after
DELETE { ?x skos:prefLabel ?y } INSERT { ?x skos:prefLabel "FY2012"@en } WHERE { ?x a kk:FiscalYear ; skos:prefLabel ?y . FILTER ( STR(?y) = "FY2011" ) }

# FiscalYearBegin: a fiscal year that begins with the calendar year
DELETE { ?b time:inXSDDate ?d } INSERT { ?b time:inXSDDate "2011-01-01"^^xsd:date } WHERE { ?x a kk:FiscalYear ; time:hasBeginning ?b . ?b time:inXSDDate ?d . FILTER ( ?d = "2011-04-01"^^xsd:date ) }

# BasisGrounded: a wrong strategy at the link
DELETE { ?x kk:basisStrategy ?y } INSERT { ?x kk:basisStrategy ?z } WHERE { ?x kk:basisStrategy ?y . ?z a kk:Strategy . FILTER ( ?z != ?y ) }

# BasisGrounded: a section that the citation does not denote
INSERT { ?x kk:basisSection ?z } WHERE { ?x kk:denotationLevel ?y . ?z a kk:Section }

# BasisEditionKind: an edition at the link that is a section
INSERT { ?x kk:basisEdition ?y } WHERE { ?x kk:basisSection ?y }

# JustifiedByGrounded: a citation among what justifies, although it is known what it denotes
INSERT { ?x kk:justifiedBy ?y } WHERE { ?x kk:statedBasis ?y . ?y kk:hasDenotation ?d }

# StatedBasisGrounded: a derived basis among the stated
INSERT { ?x kk:statedBasis ?y } WHERE { ?x kk:hasJustification ?l . ?l kk:claimLevel c:derived ; kk:basis ?y }

# StatedLinkGrounded: a derived link among the stated
INSERT { ?x kk:statedLink ?l } WHERE { ?x kk:hasObjective ?o . ?o kk:hasJustification ?l . ?l kk:claimLevel c:derived }

# StatedInGrounded: a link stated in a year of no document of it
DELETE { ?x kk:statedIn ?y } INSERT { ?x kk:statedIn ?z } WHERE { ?x kk:statedIn ?y . ?z a kk:FiscalYear . FILTER ( ?z != ?y ) }

# StatedLinkSaysAs: a stated justification that does not say how its source calls it
DELETE { ?x kk:statedAs ?y } WHERE { ?x a kk:Justification ; kk:statedAs ?y }

# StatedAsOfItsKind: a related plan that is a law
DELETE { ?x kk:statedAs ?y } INSERT { ?x kk:statedAs c:legal-ground } WHERE { ?x a kk:Justification ; kk:statedAs ?y }

# StatedAsLevel: a derived link as if its source named it
INSERT { ?x kk:statedAs c:important-policy } WHERE { ?x a kk:Justification ; kk:claimLevel c:derived }

# StatedBesideMeasure: an objective that a sheet is said to justify
DELETE { ?x kk:claimLevel ?l ; kk:rule ?r ; prov:wasDerivedFrom ?d } INSERT { ?x kk:claimLevel c:stated ; kk:readingCertainty c:plain }
WHERE { ?o a kk:Objective ; kk:hasJustification ?x . ?x kk:claimLevel ?l ; kk:rule ?r ; prov:wasDerivedFrom ?d . FILTER ( ?l = c:derived ) }

# DerivedLinkBasis: a derived justification that rests on something else
DELETE { ?x kk:basis ?y } INSERT { ?x kk:basis ?z }
WHERE { ?x a kk:Justification ; kk:claimLevel c:derived ; kk:basis ?y . ?z a kk:Section . FILTER ( ?z != ?y ) }

# DerivedVerdictHasGrounds: a derived verdict that does not say from what
DELETE { ?x prov:wasDerivedFrom ?y } WHERE { ?x a kk:Assessment ; prov:wasDerivedFrom ?y }

# VerdictAgreesWithFigures: a target exceeded by less than it
DELETE { ?v kk:lowerBound ?y } INSERT { ?v kk:lowerBound 0.0 }
WHERE { ?x a kk:Assessment ; kk:result c:exceeded ; prov:wasDerivedFrom ?v . ?v kk:valueRole c:result ; kk:lowerBound ?y }

# DenotationLevel: a denotation as if the source stated it
DELETE { ?x kk:claimLevel ?y } INSERT { ?x kk:claimLevel c:stated } WHERE { ?x a kk:Denotation ; kk:claimLevel ?y }

# CitationUsed: a citation that nobody cites
INSERT { id:citation\/alone a kk:Citation ; kk:statedText ?y } WHERE { ?x a kk:Citation ; kk:statedText ?y }

# ValueBoundsInText: bounds that contradict the text
DELETE { ?x kk:lowerBound ?y } INSERT { ?x kk:lowerBound 71234.0 } WHERE { ?x a kk:IndicatorValue ; kk:lowerBound ?y }

# ValueBoundWords: “at least” without words for it
DELETE { ?x kk:boundType ?y ; kk:upperBound ?u } INSERT { ?x kk:boundType c:at-least } WHERE { ?x kk:boundType ?y ; kk:upperBound ?u . FILTER ( ?y = c:exact ) }

# QuoteStandsInEvidence: words in quotes that do not stand at their evidence
DELETE { ?x kk:statedText ?y } INSERT { ?x kk:statedText "どこにもない文言"@ja } WHERE { ?x a kk:IndicatorValue ; kk:statedText ?y ; kk:evidence/kk:statedText ?w }

# QuoteStandsInEvidence: a quotation at the evidence that the value does not have
DELETE { ?e kk:statedText ?y } INSERT { ?e kk:statedText "どこにもない引用"@ja } WHERE { ?x a kk:IndicatorValue ; kk:evidence ?e . ?e kk:statedText ?y ; oa:hasSelector ?s }

# OneValueAYear: two results of an indicator for one year
INSERT { ?i kk:hasValue id:value\/again . id:value\/again ?p ?o } WHERE { ?i kk:hasValue ?x . ?x kk:fiscalYear ?y ; kk:valueRole c:result ; ?p ?o }

# OneFigureAYear: two initial figures for one year
INSERT { ?i kk:hasBudgetFigure id:budget\/again . id:budget\/again ?p ?o }
WHERE { { SELECT ?i ?x WHERE { ?i kk:hasBudgetFigure ?x . ?x kk:budgetStage c:initial } LIMIT 1 } ?x ?p ?o }

# AccountFigureIsPart: a part by account that hangs on the project as well
DELETE { ?x dcterms:isPartOf ?y } INSERT { ?i kk:hasBudgetFigure ?x } WHERE { ?x a kk:BudgetFigure ; kk:account ?a ; dcterms:isPartOf ?y . ?i kk:hasBudgetFigure ?y }

# PartAgreesWithWhole: a part by account of another year
INSERT { ?x kk:fiscalYear id:fy\/2010 } WHERE { ?x a kk:BudgetFigure ; kk:account ?a ; dcterms:isPartOf ?y }

# BudgetMultiplier: yen times one
DELETE { ?x kk:multiplier ?m ; kk:statedAmount ?a } INSERT { ?x kk:multiplier 1 ; kk:statedAmount ?y } WHERE { ?x kk:multiplier ?m ; kk:statedAmount ?a ; kk:amountYen ?y }

# LatestBudget: two latest figures for one year
INSERT { ?i kk:latestInitialBudget id:budget\/again ; kk:initialBudget id:budget\/again ; kk:hasBudgetFigure id:budget\/again . id:budget\/again ?p ?o ; kk:amountYen 1 . }
WHERE { { SELECT ?i ?x WHERE { ?i kk:latestInitialBudget ?x } LIMIT 1 } ?x ?p ?o FILTER ( ?p != kk:amountYen ) }

# SumOfStages: a total that no longer agrees, and nobody is told
DELETE { ?x kk:amountYen ?y } INSERT { ?x kk:amountYen 1 } WHERE { ?o kk:totalBudget ?x . ?x kk:amountYen ?y ; kk:row ?r }

# YearlyBudget: an amount of a year that no figures come to
DELETE { ?x kk:initialYen ?y } INSERT { ?x kk:initialYen 1 } WHERE { ?x kk:initialYen ?y }

# YearlyBudget: amounts of a year that are nobody's
DELETE { ?o kk:hasYearlyBudget ?x } WHERE { ?o kk:hasYearlyBudget ?x }

# TallyNumber: a count without a number
DELETE { ?x rdf:value ?y } WHERE { ?x a kk:Tally ; rdf:value ?y }

# SumOfStages: stages that are told to come to something else
INSERT { ?x kk:sumOfStages 1 } WHERE { ?o kk:totalBudget ?x }

# SumOfAccounts: parts that come to another amount, and nobody is told
DELETE { ?x kk:amountYen ?y } INSERT { ?x kk:amountYen 123456789 } WHERE { ?x kk:account ?a ; dcterms:isPartOf ?w ; kk:amountYen ?y }

# SumOfAccounts: accounts that are told to differ where they agree
INSERT { ?w kk:sumOfAccounts ?y } WHERE { ?x kk:account ?a ; dcterms:isPartOf ?w . ?w kk:amountYen ?y }

# IndicatorOwners: an indicator that two steps have, and no source says so
INSERT { ?s kk:hasIndicator ?i } WHERE { ?o kk:hasIndicator ?i . ?s a kk:LogicStep . FILTER ( ?s != ?o ) }

# PayeeIsOrganization: a payee that is not in the data
DELETE { ?x kk:payee ?y } INSERT { ?x kk:payee id:org\/nobody } WHERE { ?x kk:payee ?y }

# PaymentBlockOfProject: a payment in the block of another project
DELETE { ?x kk:block ?y } INSERT { ?x kk:block ?z } WHERE { ?p kk:hasPayment ?x . ?x kk:block ?y . ?q kk:hasPaymentBlock ?z . FILTER ( ?q != ?p ) }

# MoneyFlow: money from the office and from a block at once
INSERT { ?x kk:fromOffice "見本省" } WHERE { ?x kk:fromBlock ?y }

# MoneyFlowTo: money that goes nowhere
DELETE { ?x kk:toBlock ?y } WHERE { ?x kk:toBlock ?y }

# MoneyFlowWithinProject: money from a block of another project
DELETE { ?x kk:fromBlock ?y } INSERT { ?x kk:fromBlock ?z } WHERE { ?x kk:fromBlock ?y . ?p kk:hasPaymentBlock ?y . ?q kk:hasPaymentBlock ?z . FILTER ( ?q != ?p ) }

# MoneyOriginFlows: a subcontract as if the office paid it
DELETE { ?x kk:moneyOrigin ?y } INSERT { ?x kk:moneyOrigin c:from-both } WHERE { ?x kk:moneyOrigin ?y }

# MoneyYen: an amount with a fraction
DELETE { ?x kk:amountYen ?y } INSERT { ?x kk:amountYen 1.5 } WHERE { ?x a kk:Contract ; kk:amountYen ?y }

# ContractBidders: fewer bidders than none
DELETE { ?x kk:bidders ?y } INSERT { ?x kk:bidders -1 } WHERE { ?x kk:bidders ?y }

# SubsidyRule: a subsidy rule that says nothing
DELETE { ?x ?p ?o } WHERE { ?x a kk:SubsidyRule ; ?p ?o . FILTER ( ?p IN ( kk:subsidyTarget, kk:subsidyRate, kk:subsidyLimit, schema:url ) ) }

# BudgetLineKind: a budget item of a line that is an account
INSERT { ?x kk:budgetLine ?y } WHERE { ?x a kk:BudgetItem ; kk:account ?y }

# BudgetItemOwner: a budget item of two projects
INSERT { ?q kk:hasBudgetItem ?x } WHERE { ?p kk:hasBudgetItem ?x . ?q a kk:Project . FILTER ( ?q != ?p ) }

# FactEvidence: a review without its place
DELETE { ?x kk:evidence ?y } WHERE { ?x a kk:ProjectReview ; kk:evidence ?y }

# StepsOfOneProject: a step that leads to itself
INSERT { ?x kk:leadsTo ?x } WHERE { ?x kk:leadsTo ?y }

# StepConnectionBasis: a connection from nothing
DELETE { ?x kk:basis ?y } WHERE { ?x a kk:StepConnection ; kk:basis ?y }

# BesideLinksGrounded: a related project that no source names
INSERT { ?x kk:relatedProject ?y } WHERE { ?x a kk:Project ; kk:hasReview ?r . ?y a kk:Project ; kk:hasReview ?s . FILTER ( ?x != ?y ) }

# LegalCitationBasis: a law that is a section of a strategy
DELETE { ?x kk:basis ?y } INSERT { ?x kk:basis ?z } WHERE { ?x a kk:LegalCitation ; kk:basis ?y . ?z a kk:Section }

# LawId: a law id that is none
DELETE { ?x eli:id_local ?y } INSERT { ?x eli:id_local "1" } WHERE { ?x eli:id_local ?y }

# LawName: a law without a name
DELETE { ?x skos:prefLabel ?y } WHERE { ?x a eli:LegalResource ; skos:prefLabel ?y }

# LegalBasis: a legal basis that is not in the data
INSERT { ?x kk:legalBasis id:law\/nowhere } WHERE { ?x a kk:Measure }

# PlacementBasis: a project placed in a ministry
DELETE { ?x kk:basis ?y } INSERT { ?x kk:basis ?z } WHERE { ?x a kk:Placement ; kk:basis ?y . ?p kk:ministry ?z }

# RowWithinFile: a row past the end of the file
DELETE { ?x kk:row ?y } INSERT { ?x kk:row 999999999 } WHERE { ?x a kk:BudgetFigure ; kk:row ?y }

# CellPlace: a cell whose IRI names another row
DELETE { ?x kk:row ?y } INSERT { ?x kk:row 1 } WHERE { ?x a kk:Evidence ; kk:inColumn ?c ; kk:row ?y }

# ColumnOfItsFile: a column of another file
DELETE { ?x oa:hasSource ?y } INSERT { ?x oa:hasSource ?z } WHERE { ?x a kk:Column ; oa:hasSource ?y . ?z a kk:SourceFile ; kk:rowCount ?n . FILTER ( ?z != ?y ) }

# EvidencePlace: one evidence with two selectors
INSERT { ?x oa:hasSelector ?z } WHERE { ?x oa:hasSelector ?y . ?w oa:hasSelector ?z . FILTER ( ?z != ?y ) }

# SelectorFragment: lines that the fragment does not name
DELETE { ?x rdf:value ?y } INSERT { ?x rdf:value "line=0,1" } WHERE { ?x a oa:FragmentSelector ; rdf:value ?y }

# IriCharacters: an identifier made from a label
INSERT { <https://w3id.org/konkyo/id/project/見本> a kk:Project ; skos:prefLabel "見本"@ja ; dcterms:identifier "1" ; kk:ministry ?m } WHERE { ?x kk:ministry ?m }

# AuthorOfDocument: an official whom no document names as its author
INSERT { id:person\/official a prov:Person ; skos:prefLabel "見本 太郎"@ja } WHERE {}

# StatementKindCode: a summary that is neither advice, judgement nor outlook
DELETE { ?x kk:kind ?kind } WHERE { ?x a kk:Statement ; kk:kind ?kind }

# StatementOwner: a summary of nothing
DELETE { ?x kk:hasStatement ?y } WHERE { ?x kk:hasStatement ?y }

# StatementText: a summary without words
DELETE { ?x dcterms:description ?words } WHERE { ?x a kk:Statement ; dcterms:description ?words }

# FactEvidence: a summary that no place in the source bears out
DELETE { ?x kk:evidence ?place } WHERE { ?x a kk:Statement ; kk:evidence ?place }

# CounterpartsApart: a country that is developed and developing
INSERT { ?x kk:developingCounterpart ?y } WHERE { ?x kk:developedCounterpart ?y }

# CounterpartsApart: a developing country that is no counterpart
DELETE { ?x kk:counterpart ?y } WHERE { ?x kk:developingCounterpart ?y }

# AnswersInquiry: an answer to a panel instead of an inquiry
INSERT { ?x kk:answersInquiry ?panel } WHERE { ?x kk:answersInquiry ?y ; dcterms:creator ?panel }

# InquiryNumber: an inquiry without number
DELETE { ?x dcterms:identifier ?number } WHERE { ?x a kk:Inquiry ; dcterms:identifier ?number }

# InquiryDate: an inquiry of no day
DELETE { ?x dcterms:issued ?day } WHERE { ?x a kk:Inquiry ; dcterms:issued ?day }

# CountOwner: a number that stands in no words
DELETE { ?value kk:mentionsCount ?x } WHERE { ?value kk:mentionsCount ?x }

# JapaneseLabel: a number of something unsaid
DELETE { ?x skos:prefLabel ?what } WHERE { ?value kk:mentionsCount ?x . ?x skos:prefLabel ?what }

# CountNumber: a number that is words
DELETE { ?x schema:value ?number } INSERT { ?x schema:value "八" } WHERE { ?x a kk:Count ; schema:value ?number }

# CountUnit: a number without unit
DELETE { ?x schema:unitText ?unit } WHERE { ?x a kk:Count ; schema:unitText ?unit }

# ValueHasRole: a number within words that passes for a value of the indicator
INSERT { ?indicator kk:hasValue ?x . ?x a kk:IndicatorValue } WHERE { ?indicator kk:hasValue ?value . ?value kk:mentionsCount ?x }

# InformedByComplete: a sheet that loses the advice that it was drawn up with
DELETE { ?sheet kk:informedBy ?report } WHERE { ?sheet a kk:EvaluationSheet ; kk:informedBy ?report }

# InformedByGrounded: a measure that passes for informed by what its sheet consulted
INSERT { ?measure kk:informedBy ?report } WHERE { ?sheet kk:informedBy ?report . ?evaluation prov:generated ?sheet ; kk:evaluates ?measure }
