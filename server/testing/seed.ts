import fc from "fast-check";

/** The same cases in every run, so that a failure is a change's and not chance's; FUZZ_SEED=$RANDOM looks further. */
fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20_261_121) });
