/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_EVIDENCE_FIELDS_H
#define FACT_EVIDENCE_FIELDS_H

#define EVIDENCE_ENTITIES(ENTITY)      \
	ENTITY(evidence, EVIDENCE_FIELDS, \
	    "what a file of --evidence says for a clause or against it")

#define STRUCT_evidence struct proof

#define EVIDENCE_FIELDS(STORED, COMPUTED)                                     \
	STORED(evidence, clause, TEXT, "",                                    \
	    "the clause it decides, such as evidence.render; absent when "    \
	    "none asks for it")                                               \
	STORED(evidence, fault, TEXT, "",                                     \
	    "missing, failing, other-profile, other-suite, other-render, "    \
	    "other-release, stale, contradictory, malformed or unknown; "     \
	    "absent when it holds")                                           \
	STORED(evidence, text, TEXT, "", "what is wrong, in words")

#endif
