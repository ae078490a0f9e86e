export { searchEverything, type SearchHit } from "./search-everything";
