"use client";

import { NuqsAdapter } from "nuqs/adapters/next/app";

/** Around what keeps its state in the address: lists, and pages with panels. Other pages need not load it. */
export const UrlState = NuqsAdapter;
