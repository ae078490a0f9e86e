/** What other parts of the product may use of what a person has chosen for himself. */
export { deleteView, listViews, saveView, setDefaultView } from "./saved-views";
