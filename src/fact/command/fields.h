/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_COMMAND_FIELDS_H
#define FACT_COMMAND_FIELDS_H

#define COMMAND_ENTITIES(ENTITY)                                             \
	ENTITY(command, COMMAND_FIELDS,                                      \
	    "what a container is to run, or a probe or hook of it, where a " \
	    "program is called as only a shell could read it")

#define STRUCT_command struct misspelt_command

#define COMMAND_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(command, manifest, ONE(manifest), "", "the object it is in") \
	COMPUTED(command, workload, ONE(workload), "",                        \
	    "the object, when it is a workload")                              \
	STORED(command, field, TEXT, "",                                      \
	    "what runs it: command, preStop, postStart, readinessProbe, "     \
	    "livenessProbe or startupProbe")                                  \
	STORED(command, container, TEXT, "", "name of the container")         \
	STORED(command, fault, TEXT, "",                                      \
	    "program: it is one text, taken for the program's name; script: " \
	    "a shell is given one word to run, and its arguments apart; "     \
	    "operator: one of a shell's is an argument; time: sleep is given " \
	    "none; variable: one of the container's is named where nothing "  \
	    "puts its value")                                                 \
	STORED(command, text, TEXT, "",                                       \
	    "the text, the word, the operator, the time or the variable")     \
	STORED(command, program, TEXT, "",                                    \
	    "the program that is called, or would be")                        \
	STORED(command, is_sure, BOOL, "",                                    \
	    "it cannot run: the program is known to all, under another name "  \
	    "or with other arguments")

#endif
