import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { deviceCookie } from "@/server/auth/cookies";
import { authOptions } from "@/server/auth/next-auth";
import { getWebProcess } from "@/server/process-registry";

export const dynamic = "force-dynamic";

interface RouteContext {
  params: Promise<{ nextauth: string[] }>;
}

/** What the console uses of next-auth; its own pages, and what it tells of a cookie whose session has ended, do not exist. */
const ROUTES = new Set(["GET csrf", "POST callback/credentials", "POST signout"]);

async function handler(request: NextRequest, context: RouteContext): Promise<Response> {
  const params = await context.params;
  if (!ROUTES.has(`${request.method} ${params.nextauth.join("/")}`)) return new Response("Not found.", { status: 404 });
  let device = "";
  const options = authOptions((signedIn) => (device = signedIn.device));
  const response = (await NextAuth(request as never, { params } as never, options)) as Response;
  if (device !== "") response.headers.append("set-cookie", deviceCookie(device, getWebProcess().secureCookies));
  response.headers.set("cache-control", "no-store");
  return response;
}

export { handler as GET, handler as POST };
