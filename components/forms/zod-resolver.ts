import { zodResolver } from "@hookform/resolvers/zod";
import * as z from "zod";

// Compiling schemas needs `eval`, which our pages' policy forbids; without this it is tried, and the browser complains.
z.config({ jitless: true });

export const resolve = zodResolver;
