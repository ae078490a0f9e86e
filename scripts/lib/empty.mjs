// Stands in for packages that only mark code for Next's bundler.
export {};
