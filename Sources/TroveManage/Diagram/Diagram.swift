/// The tables of a database and their foreign keys, as a picture shows them.
///
/// The same schema makes the same diagram, in whatever order the catalog tells of it.
public struct Diagram: Sendable {
  /// A box of the picture.
  public struct Table: Sendable {
    /// What it is called.
    public let name: ObjectName
    /// The number of its holder in ``Diagram/holders``.
    public let holder: Int
    /// How much of it is shown.
    public let detail: Detail
    /// Its columns; none where only the name is shown.
    public let columns: [Column]
  }

  /// How much of a table is shown.
  public enum Detail: Sendable {
    /// The name and the columns.
    case columns
    /// The name alone, since somebody refers to it who is shown.
    case name
    /// The name alone, since there is no such table.
    case missing
  }

  /// A row of a box.
  public struct Column: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// What it holds; may be empty.
    public let type: String
    /// What else there is to say.
    public let marks: Set<Mark>
  }

  /// What there is to say about a column.
  public enum Mark: Sendable {
    /// It may be NULL.
    case nullable
    /// It is of the primary key.
    case primaryKey
    /// It is of a foreign key.
    case foreignKey
  }

  /// A line of the picture: from the columns of a table to the table that they refer to.
  public struct Key: Sendable {
    /// What it is called; `nil` where the engine does not say.
    public let name: String?
    /// The number of the table that it is in.
    public let child: Int
    /// The numbers of its columns, in its order.
    public let columns: [Int]
    /// The number of the table that they refer to.
    public let parent: Int
    /// What it says, such as `a (b_id) → b (id)`.
    public let words: String
    /// How many rows refer to one, and whether a row may refer to none.
    public let counts: Counts
  }

  /// How many rows may be on either side of a foreign key.
  public struct Counts: Hashable, Sendable {
    /// Whether a row may refer to none: one of the columns may be NULL.
    public let isOptional: Bool
    /// Whether at most one row refers to one: the key is the whole primary key.
    public let isSingle: Bool
  }

  /// Somebody whose tables are shown, for the legend.
  public struct Holder: Sendable {
    /// Whose they are.
    public let kind: Kind
    /// What people call it.
    public let label: String
    /// How many of its tables are shown with their columns.
    public let tableCount: Int
  }

  /// What kind of owner.
  public enum Kind: Hashable, Sendable {
    case core
    /// A plugin, or any other repository: one of those, from 0 on.
    case repository(Int)
    /// Nobody.
    case nobody
    /// This program.
    case program
  }

  /// What the picture is of.
  public let title: String
  /// The boxes, by holder and name.
  public let tables: [Table]
  /// The lines, by the tables that they are in.
  public let keys: [Key]
  /// Who has tables here.
  public let holders: [Holder]
}

extension Diagram {
  /// Which tables are shown.
  public struct Scope: Sendable {
    /// What else than the tables of repositories and of nobody.
    public enum Extent: Sendable {
      /// Nothing.
      case usual
      /// Version tables, the side tables of this program, and partitions.
      case everything
    }

    /// Whether the tables of the program are shown.
    public let extent: Extent
    /// The repositories whose tables are shown; `nil` for everybody's.
    public let repositories: [RepositoryKey]?

    /// Tables of everybody, or of some repositories.
    public init(_ extent: Extent = .usual, of repositories: [RepositoryKey]? = nil) {
      self.extent = extent
      self.repositories = repositories
    }
  }
}
