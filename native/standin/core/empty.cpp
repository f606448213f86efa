// Of a stand-in library that has nothing but its name.
